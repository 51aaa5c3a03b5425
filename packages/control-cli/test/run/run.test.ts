import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { History } from "@mimolo/agents/git-history";
import type { Segment } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { plain } from "../../src/present/colour.ts";
import { commandFor, firstScreen } from "../../src/run/first-screen.ts";
import { bringHistory } from "../../src/run/history.ts";
import { statusLine } from "../../src/run/status-line.ts";
import { StopRequest } from "../../src/run/stop-request.ts";
import { Today } from "../../src/run/today.ts";
import { isNews } from "../../src/run/watch.ts";
import type { StopSignal } from "../../src/surroundings.ts";

beforeEach(() => {
  vi.stubEnv("TZ", "Europe/Berlin");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const NOW = Date.parse("2026-11-21T10:00:00Z");

function segment(id: string, start: string, end: string, confidence: Segment["confidence"] = "observed"): Segment {
  const duration_s = (Date.parse(end) - Date.parse(start)) / 1000;
  return {
    id,
    start,
    end,
    duration_s,
    resets_count: 0,
    labels: ["a"],
    reasons: [],
    aggregated: {},
    gaps: [],
    confidence,
  };
}

test("the first screen says what is watched, where the evidence goes and what to try next", () => {
  const lines = firstScreen(
    {
      version: "0.4.0",
      folder: "/home/ada/my work",
      dataDir: "/tmp/evidence",
      agents: [
        { label: "folder-activity", about: "files you change" },
        { label: "git-activity", about: "a description that is much too long for the narrow terminal it is shown in" },
      ],
      online: [],
      page: { address: "http://127.0.0.1:7466/#code=c0de", about: "good once" },
      sandbox: "agents reach only what they were granted",
      command: commandFor({ npm_command: "exec" }, "/tmp/it's here"),
      columns: 72,
    },
    plain,
  );
  expect(lines).toEqual([
    "MiMoLo 0.4.0 is watching your work. Everything stays on this machine.",
    "",
    "  watching  /home/ada/my work",
    "            folder-activity  files you change",
    "            git-activity     a description that is much too long for",
    "                             the narrow terminal it is shown in",
    "  evidence  /tmp/evidence",
    "  sandbox   agents reach only what they were granted",
    "  page      http://127.0.0.1:7466/#code=c0de",
    "            good once",
    "",
    "Work in that folder as always, then try in another terminal:",
    "  when you worked",
    "    npx mimolo timeline --data-dir '/tmp/it'\\''s here'",
    "  the records behind it, as they come",
    "    npx mimolo evidence -f --data-dir '/tmp/it'\\''s here'",
    "  how everything is doing",
    "    npx mimolo status --data-dir '/tmp/it'\\''s here'",
    "",
    "Ctrl-C stops it.",
  ]);
});

test("the first screen promises no more than holds: who may talk to other machines is named", () => {
  const agents = ["hook", "notify"].map((label) => ({ label, about: "" }));
  const rest = {
    folder: "/w",
    dataDir: "/d",
    sandbox: "",
    page: null,
    command: commandFor({}, undefined),
    columns: undefined,
  };
  const [first] = firstScreen({ version: "0.4.0", agents, online: ["hook", "notify"], ...rest }, plain);
  expect(first).toBe(
    "MiMoLo 0.4.0 is watching your work. The evidence stays on this machine; the network is open to hook, notify.",
  );
});

test("commands to copy name only what is needed", () => {
  expect(commandFor({}, undefined)("timeline")).toBe("mimolo timeline");
  expect(commandFor({ npm_lifecycle_event: "start" }, "./data")("status")).toBe("npx mimolo status --data-dir ./data");
});

test("the status line tells agents, work, today and evidence", () => {
  const running = { label: "a", state: "running", health: "ok" } as const;
  const view = { agents: [running, running], open: null, todayMs: 0, records: 1 };
  expect(statusLine(view)).toBe("2 agents ok · idle · today 0 s · 1 record of evidence");
  const open = segment("1", "2026-11-21T09:32:00Z", "2026-11-21T09:59:00Z");
  const broken = { label: "b", state: "quarantined", health: "failed" } as const;
  expect(statusLine({ agents: [running, broken], open, todayMs: 3_900_000, records: 42 })).toBe(
    "1 of 2 agents ok, b quarantined · working since 10:32 · today 1 h 05 min · 42 records of evidence",
  );
  const guessed = segment("2", "2026-11-21T09:32:00Z", "2026-11-21T09:59:00Z", "reconstructed");
  expect(statusLine({ ...view, open: guessed })).toContain("work since 10:32, partly reconstructed · today 0 s");
  const starting = { label: "c", state: "handshaking", health: "initializing" } as const;
  expect(statusLine({ ...view, agents: [running, starting] })).toContain("1 of 2 agents ok, 1 starting");
  const slow = { label: "d", state: "running", health: "slowpoke" } as const;
  expect(statusLine({ ...view, agents: [slow, broken] })).toContain("0 of 2 agents ok, d slowpoke and 1 more");
});

test("today counts observed work since local midnight, each segment as it last was", () => {
  const today = new Today();
  today.note(segment("night", "2026-11-20T22:00:00Z", "2026-11-20T23:30:00Z"), false);
  today.note(segment("git", "2026-11-21T06:00:00Z", "2026-11-21T07:00:00Z", "reconstructed"), false);
  today.note(segment("open", "2026-11-21T08:00:00Z", "2026-11-21T08:10:00Z"), true);
  expect(today.open?.id).toBe("open");
  expect(today.observedMs(NOW)).toBe((30 + 10) * 60_000);
  today.note(segment("open", "2026-11-21T08:00:00Z", "2026-11-21T09:00:00Z"), false);
  expect(today.open).toBeNull();
  expect(today.observedMs(NOW)).toBe((30 + 60) * 60_000);
  today.revise(segment("merged", "2026-11-21T08:00:00Z", "2026-11-21T09:30:00Z"), ["open"]);
  expect(today.open).toBeNull();
  expect(today.observedMs(NOW)).toBe((30 + 90) * 60_000);
  expect(today.observedMs(NOW + 86_400_000)).toBe(0);
});

test("a revised segment stays open under its new name", () => {
  const today = new Today();
  today.note(segment("first", "2026-11-21T08:10:00Z", "2026-11-21T08:20:00Z"), true);
  today.revise(segment("earlier", "2026-11-21T08:00:00Z", "2026-11-21T08:20:00Z"), ["first"]);
  expect(today.open?.id).toBe("earlier");
  expect(today.observedMs(NOW)).toBe(20 * 60_000);
});

test("the first signal asks to stop, the echo that npm sends is not a second one, a later one hurries", async () => {
  const process = fakeProcess();
  const stop = new StopRequest(process);
  process.signal("SIGINT");
  process.nowMs = () => NOW + 20;
  process.signal("SIGINT");
  expect(await stop.first).toBe("SIGINT");
  expect(stop.impatient).toBe(false);
  let hurried = 0;
  stop.onSecond(() => {
    hurried += 1;
  });
  process.nowMs = () => NOW + 1000;
  process.signal("SIGINT");
  expect({ hurried, impatient: stop.impatient }).toEqual({ hurried: 1, impatient: true });
  stop.end();
  expect(process.listening()).toBe(0);
});

test("the first of several reasons to stop is the one that counts", async () => {
  const process = fakeProcess();
  const stop = new StopRequest(process);
  stop.ask("once");
  stop.ask("shutdown");
  expect(await stop.first).toBe("once");
  expect(stop.reason).toBe("once");
  stop.end();
});

test("history is brought in on the first run in a repository, and said to be reconstructed", async () => {
  const directory = mkdtempSync(join(tmpdir(), "mimolo-history-"));
  const label = "project";
  const span = { source: "git", confidence: "reconstructed", label } as const;
  const spans = [
    { ...span, start: "2026-11-20T08:30:00Z", end: "2026-11-20T09:00:00Z", external_id: "git:1" },
    { ...span, start: "2026-11-20T09:00:00Z", end: "2026-11-20T09:20:00Z", external_id: "git:2" },
  ];
  const imported: unknown[] = [];
  const collector = {
    hasImports: () => imported.length > 0,
    importSpans: (given: readonly unknown[]) => Promise.resolve(imported.push(...given)),
  };
  const bring = (history: History) =>
    bringHistory({ collector, directory, nowMs: NOW, reconstruct: () => Promise.resolve(history) });
  const found: History = { ok: true, author: "ada@example.org", spans };

  expect(await bring(found), "outside a repository").toBeNull();
  mkdirSync(join(directory, ".git"));
  expect(await bring({ ok: false, reason: "git knows no user.email here" })).toBe(
    "Git history was not read: git knows no user.email here.",
  );
  expect(await bring({ ...found, spans: [] })).toBeNull();
  expect(await bring(found)).toBe("Git history: 2 commits of the last 30 days, marked as reconstructed.");
  expect(await bring(found), "the second time").toBeNull();
  expect(imported).toEqual(spans);
});

test("heartbeats are no news, warnings are, and the verbosity decides the rest", () => {
  const line = { at: "", label: "a", instance_id: null, run_id: null, message: "" };
  expect(isNews({ ...line, type: "heartbeat", level: "warning" }, "debug")).toBe(false);
  expect(isNews({ ...line, type: "log", level: "info" }, "info")).toBe(true);
  expect(isNews({ ...line, type: "log", level: "info" }, "warning")).toBe(false);
  const edited = { ...line, type: "collector", level: "info" as const, code: "plugin-reloaded" };
  expect([isNews(edited, "info"), isNews(edited, "warning")]).toEqual([true, false]);
  expect(isNews({ ...line, type: "collector", level: "info" }, "info")).toBe(false);
  expect(isNews({ ...line, type: "collector", level: "warning" }, "info")).toBe(true);
});

function fakeProcess() {
  const heard = new Set<(signal: StopSignal) => void>();
  return {
    nowMs: () => NOW,
    hungUp: () => true,
    onStopSignal: (listener: (signal: StopSignal) => void) => {
      heard.add(listener);
      return () => void heard.delete(listener);
    },
    signal: (name: StopSignal) => {
      for (const listener of heard) listener(name);
    },
    listening: () => heard.size,
  };
}
