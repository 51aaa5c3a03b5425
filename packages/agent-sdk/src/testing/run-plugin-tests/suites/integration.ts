// The plugin and its collector: everything it is told once, and every interface it offers.
import { must, NotHere, type PluginCase, pluginCase } from "../plugin-case.ts";
import type { PluginProcess } from "../plugin-process.ts";
import type { TestStand } from "../stand.ts";
import { interfaceCases } from "./interfaces.ts";

/** A stop takes so long at most before a collector closes the stdin, and so long again before it sends a signal. */
const FAREWELL_MS = 5000;

export function integration(stand: TestStand): PluginCase[] {
  const manifest = stand.folder.manifest;
  return [
    pluginCase("it introduces itself first", async () => {
      const plugin = await stand.introduced();
      must(plugin.messages[0]?.type === "handshake", `its first message is ${plugin.messages[0]?.type}`);
    }),
    pluginCase("it says how it does, at its start and when asked", async () => {
      const plugin = await stand.working();
      const first = await plugin.until("a status after its start", () => plugin.all("status")[0]);
      must(first.health !== "failed", `it says that it failed: ${first.message ?? "and not why"}`);
      const before = plugin.all("status").length;
      plugin.send("status");
      await plugin.until("the status it was asked for", () => plugin.all("status")[before]);
    }),
    pluginCase("it beats", async () => {
      const plugin = await stand.working();
      // A heartbeat a second was asked for; the first may still follow the older pace.
      await plugin.until("a second heartbeat", () => plugin.all("heartbeat")[1], 7000 + stand.answerMs);
    }),
    pluginCase("it answers a flush", async () => {
      const plugin = await stand.working();
      await plugin.obeyed("flush");
      if (tells(plugin)) must(plugin.all("summary").length > 0, "no summary came before the ack of flush");
    }),
    pluginCase("it rests and goes on", async () => {
      const plugin = await stand.working();
      const phase = plugin.has("lifecycle");
      await (phase ? plugin.obeyed("lifecycle", { phase: "suspend" }) : plugin.obeyed("stop"));
      await (phase ? plugin.obeyed("lifecycle", { phase: "activate" }) : plugin.obeyed("start"));
    }),
    pluginCase("it carries out a sequence", async () => {
      const plugin = await stand.working();
      plugin.send("sequence", { sequence: ["stop", "flush", "shutdown"] }, "in-order");
      await plugin.ended("its end after a sequence", stand.answerMs + FAREWELL_MS);
      const acks = plugin.all("ack").map((ack) => ack.ack_command);
      const order = ["stop", "flush"].map((step) => acks.indexOf(step));
      must(order[0] !== -1 && order[1] !== -1, `of the steps it has acknowledged only: ${acks.join(", ")}`);
      must(Number(order[0]) < Number(order[1]), "it flushed before it had stopped");
    }),
    pluginCase("it ends when it is told to, and leaves nobody behind", async () => {
      const plugin = await stand.working();
      plugin.send("shutdown");
      await endsWell(plugin, stand.answerMs + FAREWELL_MS);
    }),
    pluginCase("it ends with its collector", async () => {
      const plugin = await stand.working();
      plugin.hangUp();
      await endsWell(plugin, stand.answerMs + FAREWELL_MS);
    }),
    pluginCase("every line it writes is one of the protocol", async () => {
      const plugin = await stand.working();
      await plugin.obeyed("flush");
      plugin.send("shutdown");
      await plugin.ended("its end", stand.answerMs + FAREWELL_MS);
      must(plugin.refused.length === 0, () => `a collector refuses: ${plugin.refused.slice(0, 3).join("; ")}`);
    }),
    ...(manifest === null ? [] : interfaceCases(stand, manifest.interfaces)),
    ...(stand.options.calls ?? []).map((call) =>
      pluginCase(`it answers ${call.interface}.${call.method}${forParams(call.params)} as it should`, async () => {
        const plugin = await stand.working();
        const result = await plugin.call(call);
        if (call.failsWith !== undefined) {
          must(!result.ok, `it should fail with ${call.failsWith}, and succeeded`);
          must(result.error?.code === call.failsWith, `it should fail with ${call.failsWith}; ${reasonOf(result)}`);
          return;
        }
        must(result.ok, () => reasonOf(result));
        const verdict = await call.expect?.(result.data);
        must(verdict !== false, () => `it answered ${JSON.stringify(result.data)}`);
      }),
    ),
  ];
}

async function endsWell(plugin: PluginProcess, withinMs: number): Promise<void> {
  const ending = await plugin.ended("its end", withinMs);
  must(ending === 0, `it ended with ${ending}`);
  const left = await plugin.leftBehind();
  must(left.length === 0, `it left behind: ${left.join(", ")}`);
}

/** Whether it has summaries to tell: who announces features and leaves this one out has none. */
function tells(plugin: PluginProcess): boolean {
  const { capabilities } = plugin.handshake ?? {};
  return capabilities === undefined || capabilities.includes("summary");
}

function forParams(params: unknown): string {
  if (params === undefined) return "";
  const text = JSON.stringify(params);
  return text.length <= 60 ? ` of ${text}` : ` of ${text.slice(0, 60)}…`;
}

function reasonOf({ error }: { error?: { code: string; message: string } | undefined }): string {
  return `it failed with ${error?.code}: ${error?.message}`;
}

/** For suites that need a plugin with something to call. */
export function mustBeCallable(plugin: PluginProcess): void {
  if (!plugin.has("invoke")) throw new NotHere("it offers nothing to call");
}
