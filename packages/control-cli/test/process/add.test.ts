import { appendFileSync, chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { EvidenceRecord } from "@mimolo/protocol";
import { needs } from "../../../../scripts/needs.ts";
import { evidenceOf } from "./evidence-of.ts";
import { descendants, isAlive, mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const PATIENCE = { timeout: 60_000, interval: 300 };

type Place = ReturnType<typeof place>;

/** A place with these scripts of shell in its folder, `minimal` flush pauses, and the summaries of an agent. */
function placeOf(scripts: Readonly<Record<string, string>>) {
  const at = place();
  for (const [name, body] of Object.entries(scripts)) script(at, name, body);
  const run = ([verb = "", ...argv]: readonly string[]) => mimolo(at, verb, "--data-dir", at.dataDir, ...argv);
  const added = (label: string, as: string, command: string, ...more: string[]) =>
    run([
      "add",
      label,
      "--every",
      "1s",
      "--as",
      as,
      "--set",
      "agent_flush_interval_s=1",
      ...more,
      "--",
      ...command.split(" "),
    ]).ended;
  const results = async (label: string) => {
    const { out } = await run(["evidence", "--agent", label, "--kind", "message", "--json"]).ended;
    const records = out
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { message: object });
    return records.flatMap(
      ({ message }) =>
        ((message as { data?: { results?: object[] } }).data?.results ?? []) as Record<string, unknown>[],
    );
  };
  /** Waits until each of `labels` has said something with results, `more` often. */
  const working = (labels: readonly string[], more = 1) =>
    vi.waitUntil(async () => {
      const records = await evidenceOf(at.dataDir, { kind: "message" });
      return labels.every((label) => records.filter((record) => hasResults(record, label)).length >= more);
    }, PATIENCE);
  return { at, run, added, results, working };
}

function hasResults(record: EvidenceRecord, label: string): boolean {
  if (record.kind !== "message" || record.agent_label !== label) return false;
  return ((record.message as { data?: { results?: object[] } }).data?.results ?? []).length > 0;
}

function script({ folder }: Place, name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
}

test.runIf(needs("sh"))(
  "lines, JSON, a Nagios check and line protocol, allowed as they are, become evidence",
  async () => {
    const { at, run, added, results, working } = placeOf({
      "todo.sh": "echo buy milk; echo write tests",
      "queue.sh": `echo '{"waiting": 3}'`,
      "check.sh": "echo 'DISK WARNING - 8% free | /=92%;90;95'; exit 1",
      "points.sh": "echo 'room,floor=2 celsius=21.5'",
    });
    const first = await added("todo", "lines", "./todo.sh", "--yes");
    expect(first).toMatchObject({ code: 0 });
    expect(first.err + first.out).toContain("It starts with the next `mimolo run`");
    expect((await added("queue", "json", "sh queue.sh", "--yes")).code).toBe(0);
    expect((await added("disk", "nagios", "./check.sh", "--yes")).code).toBe(0);
    const last = await added("room", "influx", "./points.sh", "--yes", "--json");
    expect(JSON.parse(last.out)).toMatchObject({ label: "room", action: "add", allowed: true, allow: [] });
    expect(readFileSync(join(at.folder, "mimolo.toml"), "utf8")).toMatch(
      /\[plugins\.disk\]\nexecutable = "\.\/check\.sh"\nas = "nagios"\npoll_interval_s = 1\n/,
    );

    const labels = ["todo", "queue", "disk", "room"];
    const collector = run(["run", "--no-dashboard"]);
    await collector.says("Ctrl-C stops it");
    await working(labels);
    expect((await results("todo"))[0]).toMatchObject({
      exit_code: 0,
      lines: ["buy milk", "write tests"],
      lines_total: 2,
    });
    expect((await results("queue"))[0]).toMatchObject({ value: { waiting: 3 } });
    expect((await results("disk"))[0]).toMatchObject({
      state: "warning",
      exit_code: 1,
      text: "DISK WARNING - 8% free",
      perfdata: [{ label: "/", value: 92, unit: "%", warn: "90", crit: "95" }],
    });
    expect((await results("disk"))[0]).not.toHaveProperty("fault");
    expect((await results("room"))[0]).toMatchObject({
      points: [{ measurement: "room", tags: { floor: "2" }, fields: { celsius: 21.5 } }],
    });
    const status = JSON.parse((await run(["status", "--json"]).ended).out) as {
      agents: { label: string; verdict: string; health: string }[];
    };
    const disk = status.agents.find(({ label }) => label === "disk");
    expect(disk).toMatchObject({
      plugin_id: "local.disk",
      verdict: "trusted",
      state: "running",
      health: "ok",
      says: "DISK WARNING - 8% free",
    });
    expect((await run(["status"]).ended).out).toContain("Something to say: disk\n  disk: DISK WARNING - 8% free");
    const told = await run(["evidence", "--agent", "room", "--kind", "message"]).ended;
    expect(told.out).toContain("summary passive latest room,floor=2 celsius=21.5, runs ");

    // The bytes that were allowed, and no others: an edit ends it, and says how to go on.
    appendFileSync(join(at.folder, "check.sh"), "echo more\n");
    await collector.says(/disk is blocked[^\n]*mimolo allow/);
    const before = (await results("disk")).length;
    await working(["todo"], 2);
    expect((await results("disk")).length).toBeLessThanOrEqual(before + 1);
    expect(JSON.stringify(await results("disk"))).not.toContain("more");
    collector.child.kill("SIGTERM");
    expect((await collector.ended).code).toBe(0);
  },
);

test.runIf(needs("sh"))(
  "without a yes it waits for `mimolo allow`; a running collector takes it over at once",
  async () => {
    const { at, run, added, working } = placeOf({ "todo.sh": "echo one", "done.sh": "echo two" });
    // The file that this begins is agreed to with it.
    expect((await added("done", "lines", "./done.sh", "--yes")).code).toBe(0);
    const collector = run(["run", "--no-dashboard"]);
    await collector.says("Ctrl-C stops it");
    const told = await added("todo", "lines", "./todo.sh");
    expect(told.code).toBe(0);
    expect(told.out + told.err).toContain(`mimolo allow '${join(at.folder, "todo.sh")}' --data-dir '${at.dataDir}'`);
    expect((await run(["allow", join(at.folder, "todo.sh")]).ended).code).toBe(0);
    await working(["todo"]);
    collector.child.kill("SIGTERM");
    expect((await collector.ended).code).toBe(0);
  },
);

test.runIf(needs("sh"))(
  "a collector that began without a configuration runs it at once, and its own agents go on",
  async () => {
    const { run, added, working: saying } = placeOf({ "todo.sh": "echo one" });
    const collector = run(["run", "--no-dashboard"]);
    await collector.says("Ctrl-C stops it");
    const working = async () => {
      const { out } = await run(["status", "--json"]).ended;
      const { agents } = JSON.parse(out) as { agents: { label: string; instance_id: string; run_id: string }[] };
      return agents.map(({ label, instance_id: instance, run_id: life }) => `${label} ${instance} ${life}`);
    };
    const before = await working();
    const told = await added("todo", "lines", "./todo.sh", "--yes");
    expect(told.out + told.err).toContain("It runs; what it says: mimolo evidence --agent todo");
    await saying(["todo"]);
    expect(before).toHaveLength(3);
    expect(await working()).toEqual([...before, expect.stringMatching(/^todo /)]);
    // Nobody was told that it may not run, or that the file may not be taken: it was allowed before.
    const troubles = await run(["logs", "--json"]).ended;
    expect(troubles.out).not.toMatch(/never allowed|was not taken/);
    const summaries = await run(["evidence", "--agent", "todo", "--kind", "message"]).ended;
    expect(summaries.out).toContain("latest one");
    collector.child.kill("SIGTERM");
    expect((await collector.ended).code).toBe(0);
  },
);

test.runIf(needs("sh"))(
  "one that hangs is ended with all it started, and one that floods or fails is told",
  async () => {
    const { run, added, results, working } = placeOf({
      "hangs.sh": 'sleep 600 & echo $! >> "$MIMOLO_AGENT_DATA_DIR/pid"; sleep 600',
      "floods.sh": "yes 0123456789 | head -c 3000000",
      "fails.sh": "echo half a thing; echo 'no such queue' >&2; exit 7",
      "dies.sh": "kill -SEGV $$",
      "lingers.sh": "echo begun; exec sleep 600",
    });
    await added("hangs", "lines", "./hangs.sh", "--yes", "--timeout", "1s", "--grant", "subprocess");
    await added("floods", "lines", "./floods.sh", "--yes", "--grant", "subprocess");
    await added("fails", "json", "./fails.sh", "--yes");
    await added("dies", "lines", "./dies.sh", "--yes");
    await added("lingers", "lines", "./lingers.sh", "--yes", "--grant", "subprocess");
    const labels = ["hangs", "floods", "fails", "dies"];
    const collector = run(["run", "--no-dashboard"]);
    await collector.says("Ctrl-C stops it");
    await working(labels);
    expect((await results("hangs"))[0]?.["fault"]).toMatch(/took longer than 1(\.\d)? s and was ended/);
    const [flood] = await results("floods");
    expect(flood).toMatchObject({ truncated: true });
    expect(flood?.["lines"]).toHaveLength(100);
    expect((await results("fails"))[0]).toMatchObject({
      exit_code: 7,
      stderr: "no such queue",
      fault: expect.stringContaining("line 1 is no JSON"),
    });
    // Behind walls and without.
    expect((await results("dies"))[0]).toMatchObject({ exit_code: null, fault: "it was ended by SIGSEGV" });
    await vi.waitUntil(async () => (await run(["status", "--json"]).ended).out.includes('"degraded"'), PATIENCE);
    const runner = descendants(collector.pid);
    expect(runner.length).toBeGreaterThan(2);
    collector.child.kill("SIGTERM");
    expect((await collector.ended).code).toBe(0);
    // Those whose parents went first are for the system to bury.
    await vi.waitUntil(() => !runner.some(isAlive), PATIENCE);
    expect((await results("lingers")).at(-1)?.["fault"]).toBe(
      "it was still running when the agent was stopped, and was ended",
    );
  },
);

test("what cannot be an agent is refused before anything is written", async () => {
  const { at, run } = placeOf({});
  const refused = async (...argv: string[]) => {
    const { code, err } = await run(["add", "--json", ...argv]).ended;
    return { exit: code, ...(JSON.parse(err) as { error: { code: string; message: string; hint: string } }).error };
  };
  expect(await refused("x", "--as", "lines")).toMatchObject({ exit: 2, code: "usage", message: "which command?" });
  expect(await refused("x", "--", "true")).toMatchObject({ message: "how is what it prints to be read?" });
  expect(await refused("x", "--as", "lines", "--", "no-such-command-here")).toMatchObject({ code: "not-found" });
  expect(await refused("x", "--as", "lines", "--", "sh", "-c", "echo hello")).toMatchObject({
    code: "not-a-file",
    hint: expect.stringContaining("script"),
  });
  expect(await refused("x", "--as", "lines", "--every", "10ms", "--", "node", "x.mjs")).toMatchObject({
    code: "usage",
  });
  for (const [key, instead] of [
    ["executable=/bin/sh", "stands after --"],
    ["as=json", "--as lines"],
    ["plugin=x", "mimolo agent add"],
  ] as const) {
    const answer = await refused("x", "--as", "lines", "--set", key, "--", "node", "x.mjs");
    expect(answer).toMatchObject({ exit: 2, hint: expect.stringContaining(instead) });
  }
  expect(await refused("no label", "--as", "lines", "--", process.execPath, join(at.folder, "x"))).toBeDefined();
  expect(() => readFileSync(join(at.folder, "mimolo.toml"))).toThrow();
});
