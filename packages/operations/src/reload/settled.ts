/** Whether an agent that was just started came up. */
import type { Clock } from "@mimolo/supervisor";
import type { CollectedAgent } from "../agents/agent.ts";
import type { Emitter } from "../emitter.ts";
import type { CollectorEvents } from "../events.ts";

/** Beyond the agent's own start-up time: a spawn may have to wait for its turn. */
const MORE_PATIENCE_MS = 20_000;

/** Resolves to `null` once the agent works (or is blocked or was stopped by someone, which is no failure of it), else to why
 *  it did not come up: it died, was quarantined, said nothing valid in time, or did not acknowledge that it began. */
export function settled(
  agent: CollectedAgent,
  around: { clock: Clock; events: Emitter<CollectorEvents>; startupTimeoutMs: number; signal: AbortSignal },
): Promise<string | null> {
  const { clock, events, startupTimeoutMs, signal } = around;
  return new Promise((resolve) => {
    const waiting = new AbortController();
    const end = (why: string | null) => {
      off();
      offLife();
      signal.removeEventListener("abort", giveUp);
      waiting.abort();
      resolve(why);
    };
    const giveUp = () => end(null);
    const look = () => {
      const verdict = verdictOn(agent);
      if (verdict !== undefined) end(verdict);
    };
    const off = events.on("agent:state", ({ label }) => label === agent.label && look());
    const offLife = agent.watchLife(look);
    signal.addEventListener("abort", giveUp, { once: true });
    const late = () => end(agent.trouble ?? `${agent.label} has not come up in time: it is ${agent.snapshot.state}`);
    clock.after(startupTimeoutMs + MORE_PATIENCE_MS, late, waiting.signal);
    if (signal.aborted) giveUp();
    else look();
  });
}

function verdictOn({ label, snapshot, isHealthy, trouble }: CollectedAgent): string | null | undefined {
  const { state, cause } = snapshot;
  if (isHealthy) return null;
  if (trouble !== null) return trouble;
  const stopped = state === "stopping" && cause === "stop-requested";
  if (state === "blocked" || state === "stopped" || stopped) return null;
  if (state !== "backing-off" && state !== "quarantined" && state !== "stopping") return undefined;
  return `${label} did not come up (${cause})`;
}
