import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { Helper } from "../../src/bench/helper.ts";
import { descendants, isAlive, mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

test("one figure prints as the one document", async () => {
  const { code, out, err } = await mimolo(place(), "bench", "--only", "start_version", "--quick", "--json").ended;
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const figures = JSON.parse(out) as Record<string, Record<string, unknown>>;
  expect(Object.keys(figures)).toEqual(["start_version"]);
  const number = expect.any(Number) as number;
  expect(figures["start_version"]).toMatchObject({ value: number, baseline: number, ratio: number, spread: number });
  expect(figures["start_version"]).toMatchObject({ unit: expect.any(String) as string, target: 1.2 });
  expect([true, false, null]).toContain(figures["start_version"]?.["ok"]);
});

test.runIf(needs("bwrap"))(
  "what the sandbox adds to a start is a figure with a bare start as its control",
  async () => {
    const { code, out, err } = await mimolo(place(), "bench", "--only", "sandbox_start", "--quick", "--json").ended;
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const { sandbox_start: figure } = JSON.parse(out) as Record<string, Record<string, number>>;
    expect(figure).toMatchObject({ unit: "ms added", target: 10, target_of: "value" });
    expect(figure?.["baseline"]).toBeGreaterThan(0);
    expect(figure?.["spread"]).toBeGreaterThanOrEqual(0);
  },
);

test("a figure that is not known is a usage error with the names of all", async () => {
  const { code, out, err } = await mimolo(place(), "bench", "--only", "nonsense").ended;
  expect({ code, out }).toEqual({ code: 2, out: "" });
  for (const name of [
    "idle_thousand",
    "spawn_thousand",
    "sdk_memory",
    "sdk_start",
    "start_version",
    "heartbeat_p99_ms",
  ])
    expect(err).toContain(name);
});

test.runIf(needs("cc"))("Ctrl-C ends it with all that it started, and leaves no folder", async () => {
  const at = place();
  const bench = mimolo({ ...at, env: { ...at.env, TMPDIR: at.folder } }, "bench", "--only", "restart_latency");
  // The measured collector, and agents below it.
  await expect.poll(() => descendants(bench.pid).length, { timeout: 60_000 }).toBeGreaterThan(3);
  const started = descendants(bench.pid);
  bench.child.kill("SIGINT");
  expect(await bench.ended).toMatchObject({ code: 130, out: "" });
  await expect.poll(() => started.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  expect(readdirSync(join(at.folder)).filter((name) => name.startsWith("mimolo-bench-"))).toEqual([]);
});

test("a measured process that is gone answers nothing, and keeps nobody waiting", async () => {
  const helper = new Helper("collector");
  helper.kill();
  await expect(helper.ask("start")).rejects.toThrow();
  // From its end to the end of its channel a message is still taken, and lost.
  await Promise.all(Array.from({ length: 20 }, () => expect(helper.ask("start")).rejects.toThrow()));
  const beganMs = performance.now();
  await helper.end();
  expect(performance.now() - beganMs).toBeLessThan(5_000);
});
