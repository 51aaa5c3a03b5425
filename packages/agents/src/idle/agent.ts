// idle as an agent. It is active: input is work, and where there is none there is none.
import { type Clock, defineAgent, type Runnable, systemClock } from "@mimolo/agent-sdk";
import { AGENTS_VERSION } from "../version.ts";
import { type SummaryWindow, summaryWindow } from "../window.ts";
import { type Idleness, IdleTimes } from "./idleness.ts";
import { LastInput } from "./last-input.ts";
import { readIdleSettings } from "./settings.ts";

/** The `data` of a summary. Where nobody can tell, `observed_s` is 0, `unavailable` says why, and the summary is passive. */
export interface IdleData extends Idleness, Record<string, unknown> {
  readonly schema: "idle.summary.v1";
  readonly window: SummaryWindow;
  readonly unavailable?: string;
}

/** The agent for an environment such as `process.env`. */
export function idleAgent(
  environment: Readonly<Record<string, string | undefined>>,
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Runnable {
  const times = new IdleTimes();
  const input = new LastInput(environment, clock);
  let startMs = clock.wallMs();
  let trouble: string | null = null;
  let isPaused = false;

  const look = async (): Promise<boolean> => {
    if (isPaused) return false;
    const found = await input.ask();
    trouble = found.ok ? null : found.why;
    if (found.ok) return times.look({ idleMs: found.idleMs, atMs: clock.ticksMs(), wallMs: clock.wallMs() });
    times.lose();
    return false;
  };

  return defineAgent({
    id: "mimolo.idle",
    version: AGENTS_VERSION,
    provides: ["idle.summary.v1"],
    onInitialize({ context }) {
      const { idleAfterMs, problems } = readIdleSettings(context.config);
      for (const problem of problems) context.log.warning(`${problem}; the default holds`);
      times.idleAfterMs = idleAfterMs;
    },
    onActivate() {
      times.lose();
      isPaused = false;
    },
    async onSuspend() {
      await look();
      isPaused = true;
    },
    onUnload: () => input.close(),
    async sample({ context, worked }) {
      if (await look()) worked();
      if (trouble === null) context.status("ok");
      else context.status("degraded", trouble);
    },
    async summarize() {
      await look();
      const endMs = clock.wallMs();
      const { told, workMs } = times.take(clock.ticksMs());
      const data: IdleData = {
        schema: "idle.summary.v1",
        window: summaryWindow(startMs, endMs),
        ...told,
        ...(trouble === null ? {} : { unavailable: trouble }),
      };
      startMs = endMs;
      if (workMs !== null)
        return { data, activity: "worked", reason: "keyboard or mouse", intervalSeconds: workMs / 1_000 };
      return { data, activity: told.observed_s === 0 ? "passive" : "idle" };
    },
  });
}
