import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { join } from "node:path";
import type { EvidenceRecord, StatusReport, TimelineReport } from "@mimolo/protocol";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { descendants, isAlive, mimolo, place, type Spawned } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

// One newcomer's first minutes, in order: each test goes on where the one before left off.
const at = place();
const { folder, dataDir } = at;
let collector: Spawned;
let children: number[] = [];

const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, env: at.env, stdio: "pipe" });
const answer = async <Answer>(...argv: string[]) => {
  const { code, out, err } = await mimolo(at, ...argv, "--data-dir", dataDir, "--json").ended;
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out) as Answer;
};
const records = async (...more: string[]) => {
  const { out } = await mimolo(at, "evidence", "--data-dir", dataDir, "--json", ...more).ended;
  return out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EvidenceRecord);
};

beforeAll(async () => {
  git("init", "-q");
  git("config", "user.email", "ada@example.org");
  git("config", "user.name", "Ada");
  const dated = { ...at.env, GIT_AUTHOR_DATE: threeDaysAgo(), GIT_COMMITTER_DATE: threeDaysAgo() };
  writeFileSync(join(folder, "notes.txt"), "one\n");
  execFileSync("git", ["add", "."], { cwd: folder, env: dated });
  execFileSync("git", ["commit", "-qm", "begin"], { cwd: folder, env: dated });
  collector = mimolo(at, "--data-dir", dataDir);
  await collector.says("Ctrl-C stops it.");
});

afterAll(async () => {
  collector.child.kill("SIGKILL");
  await collector.ended;
});

test("the first screen says what is watched, where evidence goes and what to try next", () => {
  const screen = collector.out();
  expect(screen).toContain(`watching  ${folder}`);
  expect(screen).toContain(`evidence  ${dataDir}`);
  for (const label of ["folder-activity", "git-activity", "system-load"]) expect(screen).toContain(label);
  for (const verb of ["timeline", "evidence -f", "status"]) expect(screen).toContain(`mimolo ${verb} --data-dir`);
  expect(screen).not.toContain("\u001B");
});

test("the past of the repository is brought in, and said to be reconstructed", async () => {
  await collector.says("Git history: 1 commit of the last 30 days");
  const [span, ...others] = await records("--kind", "import");
  expect(others).toEqual([]);
  expect(span).toMatchObject({ kind: "import", data: { source: "git", confidence: "reconstructed" } });
  const { segments } = await answer<TimelineReport>("timeline");
  expect(segments).toMatchObject([{ confidence: "reconstructed", duration_s: 1800 }]);
});

test("status has the collector and every agent", async () => {
  await expect
    .poll(async () => (await answer<StatusReport>("status")).agents.map((agent) => agent.state), { timeout: 15_000 })
    .toEqual(["running", "running", "running"]);
  const { collector: about, agents } = await answer<StatusReport>("status");
  expect(about).toMatchObject({ pid: collector.pid, mode: "release", data_dir: dataDir });
  expect(Object.keys(about).toSorted()).toEqual(
    ["address", "budget", "data_dir", "http", "mode", "pid", "started_at", "uptime_s", "version"].toSorted(),
  );
  expect(agents[0]).toMatchObject({
    label: "folder-activity",
    plugin_id: "mimolo.folder-activity",
    verdict: "trusted",
  });
  expect((await mimolo(at, "status", "--data-dir", dataDir).ended).out).toContain("folder-activity");
  expect((await mimolo(at, "agents", "--data-dir", dataDir).ended).out).toContain("system-load");
  children = descendants(collector.pid);
  expect(children.length).toBeGreaterThanOrEqual(3);
});

test("a second run says that one is running and ends well", async () => {
  const second = await mimolo(at, "run", "--data-dir", dataDir).ended;
  expect(second).toMatchObject({ code: 0, err: "" });
  expect(second.out).toMatch(new RegExp(`^already running \\(pid ${collector.pid}, .*mimolo\\.sock\\)`));
  const told = await answer<{ already_running: boolean; pid: number }>("run");
  expect(told).toMatchObject({ already_running: true, pid: collector.pid });
});

test("a second run with a file of its own says that nothing of it was started, and the line that runs it beside", async () => {
  const elsewhere = { folder: place().folder, env: at.env };
  writeFileSync(join(elsewhere.folder, "own.toml"), '[plugins.own]\nexecutable = "node"\nargs = ["own.mjs"]\n');
  writeFileSync(join(elsewhere.folder, "own.mjs"), "");
  const second = await mimolo(elsewhere, "run", "--dev", "--config", "own.toml", "--data-dir", dataDir).ended;
  expect(second).toMatchObject({ code: 0, err: "" });
  expect(second.out).toContain("Nothing of own.toml was started. To run it beside, with evidence of its own:\n");
  expect(second.out).toContain("    mimolo run --dev --config own.toml --data-dir .mimolo\n");
  const plain = await mimolo(elsewhere, "run", "--data-dir", dataDir).ended;
  expect(plain.out).not.toContain("was started");
});

test("files that are written become evidence and a segment", async () => {
  await collector.says("folders watched: 1");
  writeFileSync(join(folder, "a.txt"), "1");
  writeFileSync(join(folder, "b.txt"), "2");
  const created = async () => {
    await answer("agent", "flush", "folder-activity");
    return worked(await records("--agent", "folder-activity", "--kind", "message"));
  };
  await expect.poll(created, { timeout: 30_000, interval: 1000 }).toBe(2);
  await collector.says("work began");
  const { open } = await answer<TimelineReport>("timeline");
  expect(open).toMatchObject({ confidence: "observed" });
  const told = await mimolo(at, "timeline", "--data-dir", dataDir).ended;
  expect(told.out).toMatch(/reconstructed  work\n.*now .* observed  .*folder-activity/);
});

test("logs tell what agents said, and only of the one asked for", async () => {
  const { out, code } = await mimolo(at, "logs", "git-activity", "--data-dir", dataDir, "--json").ended;
  expect(code).toBe(0);
  const lines = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { label: string; level: string });
  expect(new Set(lines.map((line) => line.label))).toEqual(new Set(["git-activity"]));
});

test("register and doctor know the running collector", async () => {
  const { plugins } = await answer<{ plugins: { plugin_id: string; state: string; verdict: string }[] }>("register");
  expect(plugins.filter(({ state }) => state === "active").map(({ plugin_id }) => plugin_id)).toEqual([
    "mimolo.folder-activity",
    "mimolo.git-activity",
    "mimolo.system-load",
  ]);
  // The others run where somebody names them.
  expect(new Set(plugins.map(({ state }) => state))).toEqual(new Set(["active", "discovered"]));
  expect(plugins.filter(({ verdict }) => verdict !== "trusted")).toEqual([]);
  const doctor = await mimolo(at, "doctor", "--data-dir", dataDir).ended;
  expect(doctor.out).toContain(`runs (pid ${collector.pid})`);
});

test("an agent that is not there is a usage error with a way out", async () => {
  const { code, err } = await mimolo(at, "agent", "flush", "nobody", "--data-dir", dataDir, "--json").ended;
  expect(code).toBe(2);
  expect(JSON.parse(err)).toMatchObject({ error: { code: "unknown-agent" } });
  for (const words of [
    ["evidence", "--agent", "folder-activty"],
    ["logs", "folder-activty"],
  ]) {
    const told = await mimolo(at, ...words, "--data-dir", dataDir).ended;
    expect(told, words.join(" ")).toMatchObject({ code: 0, out: "" });
    expect(told.err).toContain('there is no agent "folder-activty"; did you mean "folder-activity"? agents here: ');
  }
});

test("Ctrl-C stops it cleanly and leaves no process", async () => {
  const beganMs = Date.now();
  collector.child.kill("SIGINT");
  const { code, out } = await collector.ended;
  expect(code).toBe(130);
  expect(Date.now() - beganMs).toBeLessThan(10_000);
  expect(out).toMatch(/Stopped\. \d+ records of evidence in /);
  await expect.poll(() => children.filter(isAlive), { timeout: 5000 }).toEqual([]);
  expect((await mimolo(at, "status", "--data-dir", dataDir).ended).code).toBe(3);
});

test("a second start brings no history in again, and the time between is a gap", async () => {
  await delay(1100);
  const { code, out } = await mimolo(at, "run", "--for", "1s", "--data-dir", dataDir).ended;
  expect(code).toBe(0);
  expect(out).not.toContain("Git history");
  expect(await records("--kind", "import")).toHaveLength(1);
  expect(await records("--kind", "gap")).toMatchObject([{ data: { reason: "collector-down" } }]);
});

test("verify is green, and after one changed byte names the place and ends with 5", async () => {
  expect((await mimolo(at, "verify", "--data-dir", dataDir).ended).code).toBe(0);
  const [name = ""] = readdirSync(join(dataDir, "evidence")).filter((file) => /^\d{4}-.*\.jsonl$/.test(file));
  const file = join(dataDir, "evidence", name);
  const bytes = readFileSync(file);
  const offset = bytes.indexOf('"created":');
  bytes.write('"cReated":', offset);
  writeFileSync(file, bytes);
  const { code, out } = await mimolo(at, "verify", "--data-dir", dataDir, "--json").ended;
  expect(code).toBe(5);
  const { ok, fault } = JSON.parse(out) as { ok: boolean; fault: { file: string; offset: number } };
  expect(ok).toBe(false);
  expect(fault.file).toContain(name);
  expect(fault.offset).toBeLessThanOrEqual(offset);
});

/** Files that working summaries count as created. */
function worked(found: readonly EvidenceRecord[]): number {
  return found.reduce((sum, record) => {
    const { data } = (record.kind === "message" ? record.message : {}) as { data?: Summary };
    return data?.activity_signal?.keep_alive === true ? sum + data.counts.created : sum;
  }, 0);
}

interface Summary {
  readonly activity_signal?: { readonly keep_alive: boolean | null };
  readonly counts: { readonly created: number };
}

function threeDaysAgo(): string {
  return new Date(Date.now() - 3 * 86_400_000).toISOString();
}
