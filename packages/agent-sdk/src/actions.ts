// What a command sets going in the parts of a running agent.
import type { AgentParts } from "./agent-parts.ts";
import { asError } from "./as-error.ts";
import type { Clock } from "./clock.ts";
import type { Actions } from "./obey.ts";
import { Turns } from "./turns.ts";
import { within } from "./within.ts";

const HOOK_LIMIT_MS = 5000;
/** A look that takes longer comes with the next summary. */
const LOOK_LIMIT_MS = 5000;

/** The steps that only the run itself can take. */
export interface LifeSteps {
  /** The collector has answered the handshake. */
  accepted(): void;
  begin(): Promise<void>;
  /** It could not begin, and ends for that. */
  hasFailed(): boolean;
  end(code: number, acknowledge?: () => void): Promise<void>;
}

export function actionsOf(parts: AgentParts, clock: Clock, { accepted, begin, hasFailed, end }: LifeSteps): Actions {
  const { voice, delivery, wellbeing, phases, flusher, sampler, tuning, running, drawing } = parts;
  const hookFailed = (error: unknown) => {
    const { message, stack } = asError(error);
    voice.error("hook-failed", message, { context: { stack } });
  };
  /** News of segments, in order; whoever takes long over one holds up no command. */
  const segments = new Turns(hookFailed);
  const flush = async () => {
    delivery.wanted();
    const flushed = await flusher.flush();
    tuning.flushed(flusher.latencyMs);
    if (flushed.ok) return undefined;
    voice.error(flushed.code, flushed.message);
    return flushed.message;
  };
  return {
    acknowledge(command, id, message) {
      const more = { ...(id === undefined ? {} : { id }), ...(message === undefined ? {} : { message }) };
      voice.say({ type: "ack", ack_command: command, ...more });
    },
    async accept(terms) {
      accepted();
      adopt(terms, parts);
      if (terms.privacy !== undefined) await parts.privacy.adopt(terms.privacy);
      await begin();
    },
    reject(reason) {
      voice.log("error", `rejected by the collector: ${reason}`);
      return end(1);
    },
    flush,
    async refresh() {
      await within(clock, LOOK_LIMIT_MS, "the look", () => sampler.now()).catch(() => {});
      return flush();
    },
    draw: async (canvas, id) => await drawing?.draw(canvas, id),
    act: async ({ action, payload }) => await drawing?.act(action, payload),
    async start() {
      const tuned = tuning.forgive();
      await phases.activate();
      wellbeing.tell(tuned === null ? {} : { tuned });
    },
    async stop() {
      if (tuning.isSafe) tuning.forgive();
      await phases.suspend();
      wellbeing.tell();
    },
    tellStatus: () => wellbeing.tell(),
    shutdown(acknowledge) {
      delivery.wanted();
      return end(0, acknowledge);
    },
    async throttle({ factor, reason }) {
      const wasSafe = tuning.isSafe;
      const tuned = tuning.throttle(factor, reason);
      if (wasSafe && !tuning.isSafe) await phases.activate();
      wellbeing.tell({ tuned });
    },
    async lifecycle({ phase, config }) {
      if (hasFailed()) return false;
      if (config !== undefined) adopt({ config }, parts);
      // Sampling is on or off by command now.
      if (tuning.isSafe) tuning.forgive();
      const isWayOut = phase === "suspend" || phase === "unload";
      await phases[phase]().catch((error: unknown) => {
        if (!isWayOut) throw error;
        // The step is taken whatever its hook did: whoever waits for it need not wait longer.
        hookFailed(error);
      });
      return true;
    },
    committed: (news) => delivery.committed(news),
    segment({ phase, id }) {
      void segments.take(() => within(clock, HOOK_LIMIT_MS, "the segment hook", () => running.segment?.(phase, id)));
    },
  };
}

/** Takes the collector's terms; what it leaves out stays as it was. */
function adopt(terms: Parameters<Actions["accept"]>[0], parts: AgentParts): void {
  const { pulse, voice, settings, sampler } = parts;
  const { heartbeat_interval_s: heartbeatS, max_line_bytes: maxLineBytes, config } = terms;
  if (config !== undefined) settings.adopt(config);
  sampler.setPace({ everyMs: settings.paceMs });
  if (maxLineBytes !== undefined) voice.maxLineBytes = maxLineBytes;
  pulse.configure({
    intervalMs: heartbeatS === undefined ? undefined : heartbeatS * 1000,
    budgetPercent: terms.cpu_budget_percent,
  });
}
