// Everything a running agent is made of, put together; nothing clever.
import { DEFAULT_HEARTBEAT_INTERVAL_S } from "@mimolo/protocol/wire";
import type { Behaviour } from "./behaviour.ts";
import { contextOf } from "./context.ts";
import { EvidenceStream } from "./evidence-stream.ts";
import { Flusher } from "./flush.ts";
import type { Host } from "./host.ts";
import { Outbox } from "./outbox.ts";
import { type Hooks, Phases } from "./phases.ts";
import { Pulse } from "./pulse.ts";
import { samplerOf } from "./sampling.ts";
import { Settings } from "./settings.ts";
import { Tally } from "./tally.ts";
import { Voice } from "./voice.ts";
import { Wellbeing } from "./wellbeing.ts";
import { within } from "./within.ts";

const HOOK_LIMIT_MS = 5000;

export type AgentParts = ReturnType<typeof assemble>;

/** The parts of an agent that has not begun yet; `lost` is called when the collector has gone. */
export function assemble(behaviour: Behaviour, host: Host, lost: () => void) {
  const { clock, environment } = host;
  const startedMs = clock.ticksMs();
  const outbox = new Outbox(host.channel, lost);
  const voice = new Voice(clock, outbox);
  const stream = new EvidenceStream(voice);
  const tally = new Tally(clock);
  const settings = new Settings(environment);
  const running = behaviour.begin({
    tally,
    context: contextOf({ pluginId: behaviour.id, environment, config: () => settings.config, voice }),
    hasRoom: () => outbox.hasRoom,
    evidence: (draft) => stream.send(draft),
  });
  const sampler = samplerOf({
    behaviour,
    running,
    paceMs: settings.paceMs,
    clock,
    tally,
    voice,
    wellbeing: () => wellbeing,
  });
  const wellbeing = new Wellbeing(voice, () => ({
    uptimeS: Math.round((clock.ticksMs() - startedMs) / 1000),
    details: { sampling: sampler.isOn, poll_interval_s: sampler.paceMs / 1000, samples: tally.samples },
  }));
  const phases = new Phases({
    hooks: running.hooks,
    sampler,
    run: async (name: keyof Hooks, hook) => {
      await within(clock, HOOK_LIMIT_MS, `the ${name} hook`, hook);
    },
  });
  const flusher = new Flusher({ clock, tally, running, outbox, evidence: (draft) => stream.send(draft) });
  const pulse = new Pulse({
    clock,
    host,
    intervalMs: DEFAULT_HEARTBEAT_INTERVAL_S * 1000,
    figures: () => ({
      queue: outbox.waiting,
      pending: running.pending(),
      samples: tally.samples,
      flushLatencyMs: flusher.latencyMs,
    }),
    beat: (metrics) => void voice.say({ type: "heartbeat", metrics }),
  });
  return { outbox, voice, stream, tally, settings, running, sampler, wellbeing, phases, flusher, pulse };
}
