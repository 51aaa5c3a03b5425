// schedule as a plugin: looks at the clock when something is due, and often enough to notice that it jumped.
import { type Clock, defineTrigger, type PluginContext, type Runnable, systemClock } from "@mimolo/agent-sdk";
import { AGENTS_VERSION } from "../version.ts";
import { readScheduleSettings, SCHEDULE_SCHEMA } from "./settings.ts";
import { type Look, type Missed, MOST_COUNTED, Timetable } from "./timetable.ts";

/** Timers stand still while a machine sleeps: this long after it wakes, what was due is looked for at the latest. */
const LONGEST_NAP_MS = 30_000;
/** What was held up by less is nobody's news. */
const WORTH_TELLING_MS = 60_000;

/** The trigger, ready to run. */
export function scheduleTrigger({ clock = systemClock }: { readonly clock?: Clock } = {}): Runnable {
  return defineTrigger({
    id: "mimolo.schedule",
    version: AGENTS_VERSION,
    configSchema: SCHEDULE_SCHEMA,
    config: { validate: (config) => readScheduleSettings(config).problems },
    start(fire, context) {
      const stopped = new AbortController();
      let { config } = context;
      let timetable = timetableOf(context, clock.wallMs());

      const look = () => {
        const nowMs = clock.wallMs();
        // Before settings that are new: what was due by the old ones was due.
        const seen = timetable.look(nowMs);
        tell(seen, context, nowMs);
        for (const { schedule, dueMs, missed } of seen.due) {
          const payload = {
            schedule: schedule.name,
            scheduled_at: new Date(dueMs).toISOString(),
            late_ms: nowMs - dueMs,
            missed,
          };
          fire(schedule.name, { payload });
        }
        if (config !== context.config) {
          ({ config } = context);
          timetable = timetableOf(context, nowMs);
        }
        sleep();
      };
      const sleep = () => {
        const dueInMs = (timetable.nextMs ?? Number.POSITIVE_INFINITY) - clock.wallMs();
        clock.after(Math.max(0, Math.min(dueInMs, LONGEST_NAP_MS)), look, stopped.signal);
      };
      sleep();
      return () => stopped.abort();
    },
  });
}

function timetableOf(context: PluginContext, nowMs: number): Timetable {
  const { settings, problems } = readScheduleSettings(context.config);
  const timetable = new Timetable(settings.schedules, nowMs, settings);
  if (problems.length > 0) context.status("degraded", problems.join("; "));
  else context.status("ok");
  const { nextMs } = timetable;
  const next = nextMs === null ? "none is ever due" : `the next is due ${new Date(nextMs).toISOString()}`;
  context.log.info(`schedules: ${settings.schedules.length}; ${next}`);
  return timetable;
}

function tell({ missed }: Look, { log }: PluginContext, nowMs: number): void {
  for (const one of missed) if (nowMs - one.firstMs > WORTH_TELLING_MS) log.warning(sentenceOf(one));
}

function sentenceOf({ schedule, count, firstMs, lastMs }: Missed): string {
  const times = count > MOST_COUNTED ? `over ${MOST_COUNTED} times` : count === 1 ? "once" : `${count} times`;
  const first = new Date(firstMs).toISOString();
  const when = count === 1 ? `at ${first}` : `from ${first} to ${new Date(lastMs).toISOString()}`;
  return `${schedule.name} was due ${times}, ${when}, and nothing ran then: it did not fire`;
}
