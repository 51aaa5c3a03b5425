// The plugin's own settings: which times, by which name.
import { Cron } from "croner";

/** One entry of `schedules`, read. */
export interface Schedule {
  /** What fires: the event's name. */
  readonly name: string;
  /** As it is written. */
  readonly cron: string;
  /** Of the IANA database; null: the machine's own. */
  readonly timeZone: string | null;
  /** The first time it is due after `ms`, both since the Unix epoch; null: never again. */
  after(ms: number): number | null;
  /** The last time it was due up to `ms`, itself included; null: there was none. */
  upTo(ms: number): number | null;
}

export interface ScheduleSettings {
  readonly schedules: readonly Schedule[];
  /** Whether one that was missed while nothing ran is made up for, once. */
  readonly catchUp: boolean;
}

export const SCHEDULE_DEFAULTS = { schedules: [], catch_up: false };

export const SCHEDULE_SCHEMA = {
  type: "object",
  additionalProperties: false,
  properties: {
    schedules: {
      description: "What fires when.",
      type: "array",
      maxItems: 100,
      items: {
        type: "object",
        additionalProperties: false,
        required: ["name", "cron"],
        properties: {
          name: { description: "The event that fires.", type: "string", minLength: 1, maxLength: 64 },
          cron: {
            description:
              'Five fields, or six beginning with seconds: "0 9 * * 1-5"; or @hourly, @daily, @weekly, @monthly.',
            type: "string",
            minLength: 1,
            maxLength: 128,
          },
          time_zone: { description: 'Such as "Europe/Berlin"; default: the machine\'s.', type: "string" },
        },
      },
    },
    catch_up: {
      description: "Whether a time that passed while the machine slept fires once when it wakes.",
      type: "boolean",
    },
  },
} as const;

/** More are somebody's mistake. */
const MOST_SCHEDULES = 100;

/** Reads settings; what cannot be is named in `problems` and left out, the rest holds. */
export function readScheduleSettings(config: Readonly<Record<string, unknown>>): {
  readonly settings: ScheduleSettings;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const schedules: Schedule[] = [];
  const { schedules: list = [], catch_up: catchUp = false } = config;
  if (!Array.isArray(list)) problems.push("schedules should be a list of tables");
  for (const [at, entry] of (Array.isArray(list) ? list : []).entries()) {
    const read = at < MOST_SCHEDULES ? readSchedule(entry) : `is one of more than ${MOST_SCHEDULES}`;
    if (typeof read === "string") problems.push(`schedules.${at} ${read}`);
    else if (schedules.some(({ name }) => name === read.name))
      problems.push(`schedules.${at} is a second one named ${JSON.stringify(read.name)}`);
    else schedules.push(read);
  }
  if (typeof catchUp !== "boolean") problems.push("catch_up should be true or false");
  return { settings: { schedules, catchUp: catchUp === true }, problems };
}

/** A schedule, or why it is none. */
function readSchedule(entry: unknown): Schedule | string {
  if (typeof entry !== "object" || entry === null) return "should be a table";
  const { name, cron, time_zone: timeZone = null }: { name?: unknown; cron?: unknown; time_zone?: unknown } = entry;
  if (typeof name !== "string" || name === "" || name.length > 64) return "needs a name of 1 to 64 characters";
  if (typeof cron !== "string") return `(${name}) needs a cron, such as "0 9 * * 1-5"`;
  if (timeZone !== null && (typeof timeZone !== "string" || !isTimeZone(timeZone)))
    return `(${name}) has a time_zone that nobody knows: ${JSON.stringify(timeZone)}; one is "Europe/Berlin"`;
  // A date in place of a pattern would be due once, and a name of croner's own is no cron.
  if (!/^(@[a-z]+|\S+(\s+\S+){4,5})$/.test(cron.trim()))
    return `(${name}) has a cron that is none: ${JSON.stringify(cron)}; it has five fields, or six beginning with seconds`;
  try {
    const times = new Cron(cron.trim(), timeZone === null ? {} : { timezone: timeZone });
    return {
      name,
      cron,
      timeZone,
      after: (ms) => times.nextRun(new Date(ms))?.getTime() ?? null,
      // It looks at what lies before.
      upTo: (ms) => times.previousRuns(1, new Date(ms + 1))[0]?.getTime() ?? null,
    };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, "") : "it cannot be read";
    return `(${name}) has a cron that is none: ${JSON.stringify(cron)}: ${why}`;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
