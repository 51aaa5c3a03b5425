import { spawn } from "node:child_process";
import { once } from "node:events";
import { getPriority } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { needs } from "../../../../../scripts/needs.ts";
import { nodeSpawn, openMeter, openRunFile, reapLeftovers, setNice } from "../../../src/index.ts";
import { descendantsOf, processFacts } from "../../../src/process-facts.ts";
import { begin, fixture, soon } from "../supervise.ts";
import { boxed, place } from "./box.ts";

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function request(name: string) {
  const { executable, args } = fixture(name);
  const program = [dirname(args[0] ?? "")];
  const capabilities = new Set(name.endsWith(".sh") ? ["subprocess"] : []);
  return boxed(place(), [executable, ...args], { program, capabilities }).request;
}

/** One agent of `agents/` in a sandbox, supervised for real. */
const confined = (name: string) => begin(name, { launch: () => ({ ok: true, request: request(name) }) });

const isGone = (pid: number) => [null, "Z", "X"].includes(processFacts(pid)?.state ?? null);

describe.runIf(needs("bwrap"))("a confined agent", () => {
  test("talks, and is stopped by its own word", async () => {
    const { agent, untilState, changes } = confined("well-behaved.mjs");
    await untilState("running");
    await agent.stop();
    expect(changes.at(-1)).toMatchObject({ state: "stopped", code: 0, signal: null });
  });

  test("hears SIGTERM and says its last words, though its wrapper would die of it", async () => {
    const { agent, untilState, messages, changes } = confined("says-goodbye-on-sigterm.mjs");
    await untilState("running");
    await agent.stop();
    expect(messages.at(-1)?.line).toContain("goodbye");
    expect(changes.at(-1)).toMatchObject({ state: "stopped", code: 0, signal: null });
  });

  test("that ends by a signal is said to have ended by it", async () => {
    const { until, changes } = confined("kills-itself.sh");
    const death = await until(() => changes.find((change) => change.state === "backing-off"));
    expect(death).toMatchObject({ cause: "exited: signal SIGSEGV", signal: "SIGSEGV", code: null });
  });

  test("leaves nobody behind when it is killed, whatever it started", async () => {
    const { agent, untilState } = confined("keeps-grandchild.sh");
    const { pid } = await untilState("running");
    const inside = descendantsOf(pid ?? 0);
    expect(inside.length).toBeGreaterThanOrEqual(2);
    await agent.stop({ hurry: true });
    await soon(() => inside.every(isGone), 2_000);
  });

  test("is metered whole and made nicer whole: what runs inside counts", async () => {
    const { untilState } = confined("well-behaved.mjs");
    const { pid: leader } = await untilState("running");
    const pid = leader ?? 0;
    const meter = openMeter();
    const sweep = async () => (await meter.sweep([pid], { suspectAboveMib: () => 1 })).get(pid);
    let usage = await sweep();
    // On a crowded machine one sweep does not look at everybody.
    for (let again = 0; again < 10 && usage?.processes !== 3; again++) usage = await sweep();
    meter.close();
    expect(usage?.pids).toEqual(expect.arrayContaining([pid, ...descendantsOf(pid)]));
    expect(usage).toMatchObject({ memoryKind: "pss", processes: 3 });
    expect(usage?.memoryMib).toBeGreaterThan(4);
    expect(usage?.cpuMs).toBeGreaterThan(0);
    expect(setNice(usage?.pids ?? [], 10)).toBe("done");
    for (const inside of descendantsOf(pid)) expect(getPriority(inside)).toBe(10);
  });

  test("does not outlive a collector that was killed, guardian or not", async () => {
    const { inherited = [], ...rest } = request("ignores-sigterm.mjs");
    const wanted = { ...rest, inherited: inherited.map((bytes) => Buffer.from(bytes).toString("base64")) };
    const host = spawn(process.execPath, [pathOf("../hosts/spawns-one.mjs"), JSON.stringify(wanted)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [told] = await once(host.stdout, "data");
    const pid = Number(String(told));
    await soon(() => descendantsOf(pid).length === 2, 5_000);
    const all = [pid, ...descendantsOf(pid)];
    host.kill("SIGKILL");
    await soon(() => all.every(isGone), 5_000);
  });

  test("that an earlier collector left behind is found by its run file and reaped", async () => {
    const runFile = join(place().root, "running.jsonl");
    const wanted = request("reads-nothing.mjs");
    const nonce = "6f1b7e0c-confined";
    const exited = new Promise<string | null>((resolve) => {
      const nothing = () => undefined;
      const child = nodeSpawn(
        { ...wanted, environment: { ...wanted.environment, MIMOLO_RUN_ID: nonce } },
        {
          stdout: nothing,
          stderr: nothing,
          outputEnded: nothing,
          drained: nothing,
          failed: nothing,
          exited: (_, signal) => resolve(signal),
        },
      );
      openRunFile(runFile).add({ pid: child?.pid ?? 0, nonce });
    });
    expect(await reapLeftovers(runFile)).toMatchObject({ killed: [expect.any(Number)], spared: [], remaining: [] });
    expect(await exited).toBe("SIGKILL");
  });
});
