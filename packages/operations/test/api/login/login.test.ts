import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@mimolo/agent-sdk/testing";
import { afterAll, expect, test } from "vitest";
import { LoginCodes } from "../../../src/api/login/codes.ts";
import { ownToken } from "../../../src/api/login/token-file.ts";
import { Tokens } from "../../../src/api/login/tokens.ts";

const root = mkdtempSync(join(tmpdir(), "mimolo-login-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

function place() {
  const folder = join(root, String((folders += 1)));
  mkdirSync(folder, { mode: 0o700 });
  return { token: join(folder, "token"), sessions: join(folder, "sessions.json") };
}

const DAY_MS = 86_400_000;

test("the owner's token is made once and kept", () => {
  const { token } = place();
  const made = ownToken(token);
  expect(made).toMatch(/^[\w-]{43}$/u);
  expect(readFileSync(token, "utf8")).toBe(`${made}\n`);
  expect(statSync(token).mode & 0o777).toBe(0o600);
  expect(ownToken(token)).toBe(made);
});

test.each([
  ["is empty", ""],
  ["is too short", "abc\n"],
  ["holds two lines", `${"a".repeat(43)}\n${"b".repeat(43)}\n`],
  ["is no text of ours", `${"ä".repeat(43)}\n`],
])("a token file that %s is made anew", (_what, text) => {
  const { token } = place();
  writeFileSync(token, text, { mode: 0o600 });
  expect(text).not.toContain(ownToken(token));
  expect(statSync(token).mode & 0o777).toBe(0o600);
});

test.skipIf(process.platform === "win32")("a token that others could read, or that lies elsewhere, is not used", () => {
  const [open, linked, folder] = [place(), place(), place()];
  writeFileSync(open.token, `${"a".repeat(43)}\n`);
  chmodSync(open.token, 0o644);
  expect(ownToken(open.token)).not.toBe("a".repeat(43));
  const elsewhere = join(root, "elsewhere");
  writeFileSync(elsewhere, `${"b".repeat(43)}\n`, { mode: 0o600 });
  symlinkSync(elsewhere, linked.token);
  expect(ownToken(linked.token)).not.toBe("b".repeat(43));
  expect(readFileSync(elsewhere, "utf8")).toBe(`${"b".repeat(43)}\n`);
  mkdirSync(folder.token);
  expect(() => ownToken(folder.token)).toThrow();
});

test("a token is good for thirty days, over restarts, and is told from one that never was", () => {
  const files = place();
  const clock = manualClock({ wallMs: Date.parse("2026-11-21T10:00:00Z") });
  const { token, expires_at: expires } = new Tokens(files, clock).make("control");
  expect(expires).toBe("2026-12-21T10:00:00.000Z");
  const later = new Tokens(files, clock);
  expect(later.known(token)).toMatchObject({ scope: "control" });
  clock.advance(30 * DAY_MS);
  expect(later.known(token)).toBe("expired");
  expect(later.known(`${token}x`)).toBeNull();
  expect(later.known("")).toBeNull();
});

test("a token that a clock made far ahead of its time does not hold when the clock is right again", () => {
  const files = place();
  const ahead = new Tokens(files, manualClock({ wallMs: Date.parse("2099-01-01T00:00:00Z") }));
  const { token } = ahead.make("admin");
  const today = manualClock({ wallMs: Date.parse("2026-11-21T10:00:00Z") });
  expect(new Tokens(files, today).known(token)).toBe("expired");
  const { token: another } = new Tokens(files, today).make("admin");
  const anHourBack = manualClock({ wallMs: today.wallMs() - 3_600_000 });
  expect(new Tokens(files, anHourBack).known(another)).toMatchObject({ scope: "admin" });
});

test("of sixty-five tokens the oldest goes, and a file of nonsense is none", () => {
  const files = place();
  writeFileSync(files.sessions, '{"sessions":[{"digest":"short"}]}');
  const tokens = new Tokens(files, manualClock());
  const made = Array.from({ length: 65 }, () => tokens.make("read").token);
  expect(made.map((token) => tokens.known(token) === null).indexOf(false)).toBe(1);
});

test("a code ends with its time, with its use and with the sixteenth after it", () => {
  const clock = manualClock();
  const codes = new LoginCodes(clock);
  const [first, second] = [codes.make("read"), codes.make("admin")];
  expect(codes.scopeOf(first.code)).toBe("read");
  codes.spend(first.code);
  expect([codes.scopeOf(first.code), codes.scopeOf(second.code)]).toEqual([null, "admin"]);
  clock.advance(5 * 60_000 - 1);
  expect(codes.scopeOf(second.code)).toBe("admin");
  clock.advance(1);
  expect(codes.scopeOf(second.code)).toBeNull();
  const many = Array.from({ length: 17 }, () => codes.make("read").code);
  expect(many.map((code) => codes.scopeOf(code) !== null).indexOf(true)).toBe(1);
});
