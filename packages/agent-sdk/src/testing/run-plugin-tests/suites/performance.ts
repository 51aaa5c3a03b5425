// What the plugin costs and how soon it answers. Limits are wide: they tell a plugin that hangs, leaks or spins from one that does
// not, on a busy machine too. Finer figures are a bench's.
import { must, NotHere, type PluginCase, pluginCase } from "../plugin-case.ts";
import type { PluginProcess } from "../plugin-process.ts";
import { cpuOf, memoryOf } from "../../process/process-group.ts";
import { SEES_PROCESSES } from "../../process/processes.ts";
import type { TestStand } from "../stand.ts";
import { mustBeCallable } from "./integration.ts";

const SLOWPOKE_MS = 2000;
const FLUSHES = 5;
const CALL_MS = 50;
const CALLS = 50;
/** Calls to one agent that a collector lets be under way. */
const AT_ONCE = 256;
const ROUNDS = 4;
const MEMORY_MIB = 100;
const GROWTH_MIB = 24;
const IDLE_CPU_PERCENT = 5;
const IDLE_MS = 500;
/** A start goes on for a while behind the handshake, and a neighbour may take the processor: one quiet look is enough. */
const IDLE_LOOKS = 6;

export function performance(stand: TestStand): PluginCase[] {
  const { limits = {} } = stand.options;
  return [
    pluginCase("it is there in time", async () => {
      await stand.introduced();
    }),
    pluginCase("it answers a flush in time", async () => {
      const plugin = await stand.working();
      for (let round = 0; round < FLUSHES; round++) {
        const tookMs = Math.round(await timed(() => plugin.obeyed("flush")));
        must(tookMs <= SLOWPOKE_MS, `one took ${tookMs} ms, more than ${SLOWPOKE_MS}`);
      }
    }),
    pluginCase("it answers calls at once", async () => {
      const plugin = await stand.working();
      mustBeCallable(plugin);
      const took: number[] = [];
      for (let round = 0; round < CALLS; round++) took.push(await timed(() => cheapCall(plugin)));
      const middle = took.toSorted((a, b) => a - b)[CALLS / 2] ?? 0;
      const limit = limits.callMs ?? CALL_MS;
      must(middle <= limit, `the middle one of ${CALLS} took ${Math.round(middle)} ms, more than ${limit}`);
    }),
    pluginCase("it answers each of a flood", async () => {
      const plugin = await stand.working();
      await flood(plugin);
    }),
    pluginCase("it keeps to its memory, however much is asked", async () => {
      mustSee();
      const plugin = await stand.working();
      await flood(plugin);
      const beforeMib = await memoryOf(plugin.pid);
      const limit = limits.memoryMib ?? stand.manifest.limits.memory_mib ?? MEMORY_MIB;
      must(beforeMib <= limit, `it has ${Math.round(beforeMib)} MiB of its own, more than ${limit}`);
      for (let round = 0; round < 3; round++) await flood(plugin);
      const grownMib = (await memoryOf(plugin.pid)) - beforeMib;
      must(
        grownMib <= GROWTH_MIB,
        `it grew by ${Math.round(grownMib)} MiB while it was asked ${3 * ROUNDS * AT_ONCE} times`,
      );
    }),
    pluginCase("it costs next to nothing while nothing is asked", async () => {
      mustSee();
      const plugin = await stand.working();
      const limit = limits.idleCpuPercent ?? Math.max(IDLE_CPU_PERCENT, stand.manifest.limits.cpu_percent ?? 0);
      const seen: number[] = [];
      while (seen.length < IDLE_LOOKS) {
        const before = await cpuOf(plugin.pid);
        const tookMs = await timed(() => new Promise((resolve) => setTimeout(resolve, IDLE_MS)));
        must(plugin.ending === null, () => `it ended with ${plugin.ending} while nothing was asked`);
        const percent = (((await cpuOf(plugin.pid)) - before) / tookMs) * 100;
        if (percent <= limit) return;
        seen.push(percent);
      }
      must(false, `it takes ${Math.round(Math.min(...seen))} % of a core and more, ${limit} are allowed`);
    }),
  ];
}

/** A call that does nothing: the round trip alone. */
function cheapCall(plugin: PluginProcess): Promise<unknown> {
  return plugin.call({ interface: "no_such_interface", method: "nothing" });
}

/** Asks for as much at once as a collector ever does, again and again; every answer has to come. */
async function flood(plugin: PluginProcess): Promise<void> {
  const ask = plugin.has("invoke") ? () => cheapCall(plugin) : () => plugin.obeyed("start");
  for (let round = 0; round < ROUNDS; round++) {
    const answers = await Promise.allSettled(Array.from({ length: AT_ONCE }, ask));
    const lacking = answers.filter(({ status }) => status === "rejected").length;
    const end = plugin.ending === null ? "" : `; it ended with ${plugin.ending}`;
    must(lacking === 0, `of ${AT_ONCE} answers asked for at once, ${lacking} did not come in time${end}`);
  }
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const beganMs = globalThis.performance.now();
  await act();
  return globalThis.performance.now() - beganMs;
}

function mustSee(): void {
  if (!SEES_PROCESSES) throw new NotHere("only Linux tells what a process costs");
}
