// Everything a running agent is made of, put together; nothing clever.
import { DEFAULT_HEARTBEAT_INTERVAL_S } from "@mimolo/protocol/wire";
import { artifactsOf, keepingIn } from "./artifacts/keeping.ts";
import { Asking } from "./asking/asking.ts";
import type { Request } from "./asking/request-table.ts";
import type { Behaviour } from "./behaviour.ts";
import { Calls } from "./calls/calls.ts";
import { Causes } from "./calls/causes.ts";
import { contextOf } from "./context.ts";
import { type Delivery, PlainDelivery } from "./delivery.ts";
import { DurableDelivery } from "./durable-delivery.ts";
import { EvidenceStream } from "./evidence-stream.ts";
import { Flusher } from "./flush.ts";
import type { Host } from "./host.ts";
import { Bursts } from "./intensive.ts";
import { once } from "./once.ts";
import { Outbox } from "./outbox.ts";
import { type Hooks, Phases } from "./phases.ts";
import { Privacy } from "./privacy.ts";
import { Pulse } from "./pulse.ts";
import { samplerOf } from "./sampling.ts";
import { SelfTuning } from "./self-tuning.ts";
import { Settings } from "./settings.ts";
import { Tally } from "./tally.ts";
import { Voice } from "./voice.ts";
import { Drawing } from "./widget/drawing.ts";
import { Wellbeing } from "./wellbeing.ts";
import { within } from "./within.ts";

const HOOK_LIMIT_MS = 5000;

export type AgentParts = ReturnType<typeof assemble>;

/** What the parts ask of the run they belong to. */
export interface RunEvents {
  /** The collector has gone. */
  lost(): void;
  /** Does `task` when no command is under way. */
  inTurn(task: () => Promise<void>): void;
  /** Something was asked of the collector: its answer is to be read, whatever else is under way. */
  asked(): void;
}

/** The parts of an agent that has not begun yet. */
export function assemble(behaviour: Behaviour, host: Host, { lost, inTurn, asked }: RunEvents) {
  const { clock, environment } = host;
  const startedMs = clock.ticksMs();
  const outbox = new Outbox(host.channel, lost);
  const voice = new Voice(clock, outbox);
  const privacy = new Privacy();
  const delivery = deliveryOf(host, outbox, voice, () => wellbeing);
  const stream = new EvidenceStream({ clock, voice, privacy, delivery });
  const tally = new Tally(clock);
  const settings = new Settings(environment, behaviour.everySeconds);
  const causes = new Causes();
  const asking = once(() => new Asking({ clock, voice, causes, asked }));
  const folder = environment["MIMOLO_AGENT_DATA_DIR"] ?? "";
  const keeping =
    behaviour.keepsArtifacts === true && folder !== ""
      ? keepingIn(
          folder,
          () => clock.wallMs(),
          ({ message }) => voice.error("artifacts-failed", message),
        )
      : null;
  const context = contextOf({
    pluginId: behaviour.id,
    environment,
    config: () => settings.config,
    voice,
    asking,
    artifacts: artifactsOf(keeping, (...question: Parameters<Request>) => asking().request(...question)),
    status: (health, why) => wellbeing.become("author", health, why),
    intensive: (reason) => bursts.begin(reason),
  });
  const running = behaviour.begin({
    tally,
    context,
    keeping,
    hasRoom: () => stream.hasRoom,
    evidence: (draft) => stream.send(draft),
    happened: (draft) => voice.news({ ...draft, cause: causes.current }),
  });
  const { shown } = running;
  const drawing = shown?.widget === undefined ? null : new Drawing({ hooks: shown, clock, voice, context });
  const calls = once(() => new Calls({ offers: running.invoke?.() ?? {}, voice, clock, causes, context }));
  const sampler = samplerOf({
    behaviour,
    running,
    paceMs: settings.paceMs,
    clock,
    tally,
    voice,
    wellbeing: () => wellbeing,
    took: (tookMs) => tuning.sampled(tookMs),
  });
  const bursts = new Bursts((message) => wellbeing.tell({ message }));
  const wellbeing: Wellbeing = new Wellbeing(voice, () => {
    const { reason } = bursts;
    const mode = reason === null ? "normal" : "intensive";
    return {
      uptimeS: Math.round((clock.ticksMs() - startedMs) / 1000),
      mode,
      details: {
        sampling: sampler.isOn,
        poll_interval_s: sampler.paceMs / 1000,
        samples: tally.samples,
        mode,
        ...(reason === null ? {} : { intensive: reason }),
        ...(tuning.isSafe ? { safe_mode: true } : {}),
        ...(privacy.dropped > 0 ? { privacy_dropped: privacy.dropped } : {}),
      },
    };
  });
  const tuning: SelfTuning = new SelfTuning({
    clock,
    sampler,
    wellbeing,
    isIntensive: () => bursts.reason !== null,
    giveUp() {
      sampler.stop();
      inTurn(async () => {
        // A command may have come first.
        if (tuning.isSafe) await phases.suspend();
      });
    },
  });
  const phases = new Phases({
    hooks: running.hooks,
    sampler: {
      start() {
        tuning.start();
        sampler.start();
      },
      stop() {
        tuning.stop();
        sampler.stop();
      },
    },
    run: async (name: keyof Hooks, hook) => {
      await within(clock, HOOK_LIMIT_MS, `the ${name} hook`, hook);
    },
  });
  const flusher = new Flusher({ clock, tally, running, stream, store: keeping?.store ?? null });
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
    beat(metrics) {
      voice.say({ type: "heartbeat", metrics });
      tuning.beat(metrics);
    },
  });
  return {
    outbox,
    voice,
    delivery,
    privacy,
    stream,
    tally,
    settings,
    running,
    asking,
    calls,
    drawing,
    sampler,
    wellbeing,
    tuning,
    phases,
    flusher,
    pulse,
  };
}

function deliveryOf({ spool }: Host, outbox: Outbox, voice: Voice, wellbeing: () => Wellbeing): Delivery {
  if (spool === undefined || spool === null) return new PlainDelivery(outbox);
  return new DurableDelivery(spool, outbox, (fault) => {
    if (fault !== null) voice.error("spool-failed", `evidence cannot be kept on disk: ${fault.message}`);
    wellbeing().become("spool", fault === null ? "ok" : "degraded", fault?.message);
  });
}
