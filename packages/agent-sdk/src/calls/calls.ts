// Calls from the collector, answered side by side: none waits for another, for a flush or for a hook, and none holds up a
// heartbeat.
import { asError } from "../as-error.ts";
import type { Clock } from "../clock.ts";
import type { PluginContext } from "../context.ts";
import type { Draft, Sent } from "../voice.ts";
import { within } from "../within.ts";
import { CallError } from "./call-error.ts";
import type { CallContext } from "./call-context.ts";
import type { Causes } from "./causes.ts";
import { Limit } from "./limit.ts";
import type { InterfaceName, Method, Offers } from "./offers.ts";

/** A call as it stands in the command. */
export interface Invocation {
  readonly interface: string;
  readonly method: string;
  readonly params?: unknown;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

const MOST_AT_ONCE = 256;
/** How long the calls under way may go on when the agent is to end. */
const FAREWELL_MS = 2000;
const LONGEST_MESSAGE = 2048;

export class Calls {
  readonly #offers: Offers;
  readonly #voice: { say(draft: Draft): Sent };
  readonly #clock: Clock;
  readonly #causes: Causes;
  readonly #members: PropertyDescriptorMap;
  readonly #underWay = new Map<Limit, Promise<void>>();
  #isEnding = false;

  constructor(options: {
    offers: Offers;
    voice: { say(draft: Draft): Sent };
    clock: Clock;
    causes: Causes;
    context: PluginContext;
  }) {
    this.#offers = options.offers;
    this.#voice = options.voice;
    this.#clock = options.clock;
    this.#causes = options.causes;
    this.#members = Object.getOwnPropertyDescriptors(options.context);
  }

  /** Carries out one call once `begun`, and sends its `result`: the value, or an error `not-offered`, `busy`, `ended`, `failed`,
   *  `timed-out`, `too-large`, or a code of the plugin's own. */
  take(id: string, call: Invocation, begun: Promise<void>): void {
    const name = `${call.interface}.${call.method}`;
    const method = methodOf(this.#offers, call);
    if (method === undefined) return this.#decline(id, "not-offered", `${name} is not offered`);
    if (this.#isEnding) return this.#decline(id, "ended", "the plugin is ending");
    if (this.#underWay.size >= MOST_AT_ONCE) {
      return this.#decline(id, "busy", `${MOST_AT_ONCE} calls are under way already`);
    }
    const said = call.context ?? {};
    const limit = new Limit(this.#clock, said["timeout_ms"]);
    const answer = async () => {
      try {
        await begun;
        this.#answer(id, name, await limit.hold(name, () => this.#run(id, call, method, limit, said)));
      } catch (error) {
        this.#fail(id, limit, error);
      } finally {
        limit.end();
        this.#underWay.delete(limit);
      }
    };
    this.#underWay.set(limit, answer());
  }

  /** Takes no more calls; settles when those under way are answered or given up. */
  async end(): Promise<void> {
    this.#isEnding = true;
    if (this.#underWay.size === 0) return;
    const answers = Promise.all(this.#underWay.values());
    await within(this.#clock, FAREWELL_MS, "calls", () => answers).catch(() => {});
    for (const limit of this.#underWay.keys()) limit.giveUp(new CallError("ended", "the plugin ended first"));
    await answers;
  }

  #run(
    id: string,
    { interface: name, params }: Invocation,
    method: Method,
    limit: Limit,
    said: Invocation["context"] & {},
  ) {
    const context = this.#contextOf(id, limit, said);
    // What a trigger fires later was not led to by the collector's wish that it start.
    const cause = name === "trigger" ? null : said["cause"];
    return this.#causes.within(cause, () => method(params, context, said));
  }

  #contextOf(id: string, limit: Limit, said: Readonly<Record<string, unknown>>): CallContext {
    const { timestamp, source } = said;
    // Members of its own, not inherited ones: `{...context}` has them all. `config` and `signal` stay what they are by then.
    const context: object = Object.defineProperties({}, this.#members);
    Object.defineProperty(context, "signal", { get: () => limit.signal, enumerable: true, configurable: true });
    return Object.assign(context, {
      timestamp: typeof timestamp === "string" ? timestamp : new Date(this.#clock.wallMs()).toISOString(),
      ...(typeof source === "string" ? { source } : {}),
      timeoutMs: limit.ms,
      progress: (progress: object = {}) => {
        if (!limit.renew()) return;
        this.#voice.say({ type: "event", data: { event: "progress", payload: { call: id, ...progress } } });
      },
    }) as CallContext;
  }

  #answer(id: string, name: string, data: unknown): void {
    const sent = this.#voice.say({ type: "result", id, ok: true, data: data ?? null });
    if (!sent.ok) this.#decline(id, "too-large", `${name}: an answer of ${sent.lengthBytes} bytes does not fit a line`);
  }

  #fail(id: string, limit: Limit, error: unknown): void {
    const { message } = asError(error);
    const code = error instanceof CallError ? error.code : limit.isOver ? "timed-out" : "failed";
    this.#decline(id, code, message);
  }

  /** Another's error may be as long as it likes; a line may not. */
  #decline(id: string, code: string, message: string): void {
    this.#voice.say({ type: "result", id, ok: false, error: { code, message: message.slice(0, LONGEST_MESSAGE) } });
  }
}

function methodOf(offers: Offers, call: Invocation): Method | undefined {
  const methods = Object.hasOwn(offers, call.interface) ? offers[call.interface as InterfaceName] : undefined;
  return methods !== undefined && Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
}
