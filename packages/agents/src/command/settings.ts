/** What counts as work. `passive`: nothing; `changes`: another output than the time before; `output`: any output at all. */
export const ACTIVITIES = ["passive", "changes", "output"] as const;
export type CommandActivity = (typeof ACTIVITIES)[number];

export interface CommandSettings {
  /** The command is ended when it takes longer. */
  readonly timeoutMs: number;
  readonly activity: CommandActivity;
}

/** Seconds between two runs where nothing is said. */
export const EVERY_S = 60;
const TIMEOUT_S = 30;
const SHORTEST_TIMEOUT_S = 0.1;
const LONGEST_TIMEOUT_S = 3_600;

/** What a section may say beside MiMoLo's own keys. */
export const COMMAND_SCHEMA = {
  type: "object",
  properties: {
    timeout_s: {
      description: "The command is ended when it takes longer, in seconds.",
      type: "number",
      minimum: SHORTEST_TIMEOUT_S,
      maximum: LONGEST_TIMEOUT_S,
      default: TIMEOUT_S,
    },
    activity: {
      description: 'What counts as work: "passive": nothing; "changes": another output; "output": any.',
      enum: ACTIVITIES,
      default: "passive",
    },
  },
} as const;

/** Reads the agent's settings; what cannot be read leaves the default, with a sentence on why. */
export function readSettings(config: Readonly<Record<string, unknown>>): {
  settings: CommandSettings;
  problems: readonly string[];
} {
  const problems: string[] = [];
  const { timeout_s: timeoutS = TIMEOUT_S, activity = "passive" } = config;
  const isTime = typeof timeoutS === "number" && timeoutS >= SHORTEST_TIMEOUT_S && timeoutS <= LONGEST_TIMEOUT_S;
  if (!isTime)
    problems.push(
      `timeout_s must be a number of seconds from ${SHORTEST_TIMEOUT_S} to ${LONGEST_TIMEOUT_S}, found ${JSON.stringify(timeoutS)}`,
    );
  const known = ACTIVITIES.find((each) => each === activity);
  if (known === undefined)
    problems.push(`activity must be one of ${ACTIVITIES.join(", ")}, found ${JSON.stringify(activity)}`);
  return { settings: { timeoutMs: (isTime ? timeoutS : TIMEOUT_S) * 1_000, activity: known ?? "passive" }, problems };
}
