import { Capability, Permission } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { touchLines, touches } from "../../src/present/capability.ts";
import { plain } from "../../src/present/colour.ts";
import { keyLines } from "../../src/present/keys.ts";
import { unheldLines } from "../../src/present/enforcement.ts";
import { widthOf } from "../../src/present/width.ts";
import { sandboxText } from "../../src/run/sandbox-text.ts";

test("what a plugin may touch is told in plain words, the riskiest first, on 80 columns", () => {
  const lines = touchLines(touches(["network", "read-data", "filesystem"], { write: ["$DATA"] }), plain, 80);
  expect(lines).toEqual([
    "  high    Files 📁    Writes $DATA.",
    "  medium  read-data   Reads your evidence, and what plugins have kept.",
    "  low     Network 🌐  Talks to other machines.",
  ]);
  const all = touchLines(touches([...Capability.options, ...Permission.options]), plain, 80);
  expect(Math.max(...all.map(widthOf))).toBeLessThanOrEqual(80);
  expect(touchLines(touches(["time-travel"]), plain, 80)[0]).toContain("does not know");
});

test("what a stranger calls his folders does nothing to the terminal", () => {
  const lines = touchLines(touches(["filesystem"], { read: ["$HOME/a\u001b[2J\nhigh trusted\u202e"] }), plain, 80);
  expect(lines.join(" ")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(lines.join("\n")).not.toContain("\nhigh");
});

test("a key says whose it is, what for, and whether it is still believed", () => {
  const key = { public_key: "RW", added_at: "2026-11-01T00:00:00Z", scope: ["acme.*"], label: "Acme" };
  const lines = keyLines(
    [
      { ...key, key_id: "A", source: "pinned" },
      { ...key, key_id: "B", source: "self", revoked: { at: "2026-11-02T00:00:00Z", why: "lost" } },
      { ...key, key_id: "C", source: "first-use", expires_at: "2026-11-03T00:00:00Z" },
    ],
    Date.parse("2026-11-21T00:00:00Z"),
    plain,
  );
  expect(lines).toEqual([
    "KEY  LABEL  SOURCE              SCOPE   STATE",
    "A    Acme   pinned              acme.*  trusted",
    "B    Acme   yours, for scripts  acme.*  revoked 2026-11-02: lost",
    "C    Acme   first use           acme.*  expired 2026-11-03",
  ]);
  expect(keyLines([], 0, plain)[0]).toContain("mimolo key new");
});

test("what is only declared is said once for all agents alike", () => {
  const agent = { state: "running", granted: [], enforced: [] } as const;
  const held = { ...agent, label: "a", unenforced: [] };
  const loose = { ...agent, label: "b", unenforced: ["network", "files"] };
  expect(unheldLines([held].map((each) => ({ ...each, granted: [], enforced: [] })))).toEqual([]);
  const both = [held, loose].map((each) => ({ ...each, granted: [], enforced: [] }));
  expect(unheldLines(both)).toEqual(["", "Declared, but not enforced here:", "  network, files (b)"]);
});

test("the first screen says whether a sandbox holds the agents", () => {
  const works = { bubblewrap: "/usr/bin/bwrap", why: "" };
  const plan = { label: "a", blocked: null, sandbox: "prefer" } as const;
  const off = { label: "b", blocked: null, sandbox: "off" } as const;
  expect(sandboxText([plan], works)).toBe("agents reach only what they were granted");
  expect(sandboxText([plan, off], works)).toContain("but not b");
  expect(sandboxText([off], works)).toContain("declared, not held");
  expect(sandboxText([plan], { bubblewrap: null, why: "bubblewrap is not installed" })).toContain("not installed");
  expect(sandboxText([{ ...plan, blocked: "no" }], works)).toBe("no agent runs");
});
