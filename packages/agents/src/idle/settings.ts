// The agent's own settings, as they stand under `[plugins.<label>]`.

/** Values as they stand in a `mimolo.toml` that says nothing. */
export const IDLE_DEFAULTS = { idle_after_s: 120 };

export const IDLE_SCHEMA = {
  type: "object",
  additionalProperties: false,
  properties: {
    idle_after_s: {
      description: "A shorter pause between two inputs is none, in seconds.",
      type: "number",
      exclusiveMinimum: 0,
      default: 120,
    },
  },
} as const;

/** After how long without input somebody is idle; a value of the wrong kind is named in `problems`, and the default holds. */
export function readIdleSettings(config: Readonly<Record<string, unknown>>): {
  readonly idleAfterMs: number;
  readonly problems: readonly string[];
} {
  const { idle_after_s: seconds = IDLE_DEFAULTS.idle_after_s } = config;
  if (typeof seconds === "number" && seconds > 0) return { idleAfterMs: 1_000 * seconds, problems: [] };
  const problems = ["idle_after_s should be a number of seconds above 0"];
  return { idleAfterMs: 1_000 * IDLE_DEFAULTS.idle_after_s, problems };
}
