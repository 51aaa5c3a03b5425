// Answers to `invoke`: what an agent offers, by interface and method.
import type { AgentParts } from "./agent-parts.ts";
import { asError } from "./as-error.ts";
import type { Clock } from "./clock.ts";
import { within } from "./within.ts";

/** Methods by interface; each is given the call's `params`. What it throws becomes the result's error. */
export type Offers = Readonly<Record<string, Readonly<Record<string, (params: unknown) => unknown>>>>;

/** A call as it stands in the command. */
export interface Invocation {
  readonly interface: string;
  readonly method: string;
  readonly params?: unknown;
}

/** A little less than the collector waits, so that it hears why. */
const LIMIT_MS = 4500;

/** Carries out one call and sends its `result`: the value, or an error `not-offered`, `failed`, `timed-out` or `too-large`. */
export async function answerInvoke(
  id: string,
  call: Invocation,
  { running, voice }: Pick<AgentParts, "running" | "voice">,
  clock: Clock,
): Promise<void> {
  const decline = (code: string, message: string) => {
    // Another's error may be as long as it likes; a line may not.
    voice.say({ type: "result", id, ok: false, error: { code, message: message.slice(0, 2048) } });
  };
  const name = `${call.interface}.${call.method}`;
  const method = methodOf(running.invoke ?? {}, call);
  if (method === undefined) return decline("not-offered", `${name} is not offered`);
  const startedMs = clock.ticksMs();
  try {
    const data = await within(clock, LIMIT_MS, name, () => method(call.params));
    const sent = voice.say({ type: "result", id, ok: true, data: data ?? null });
    if (!sent.ok) decline("too-large", `${name}: an answer of ${sent.lengthBytes} bytes does not fit a line`);
  } catch (error) {
    const isLate = clock.ticksMs() - startedMs >= LIMIT_MS;
    decline(isLate ? "timed-out" : "failed", asError(error).message);
  }
}

function methodOf(offers: Offers, call: Invocation): ((params: unknown) => unknown) | undefined {
  const methods = Object.hasOwn(offers, call.interface) ? offers[call.interface] : undefined;
  return methods !== undefined && Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
}
