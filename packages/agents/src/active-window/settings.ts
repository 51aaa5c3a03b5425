// The agent's own settings, as they stand under `[plugins.<label>]`.

/** Values as they stand in a `mimolo.toml` that says nothing: titles say what somebody reads and to whom they write. */
export const ACTIVE_WINDOW_DEFAULTS = { titles: false };

export const ACTIVE_WINDOW_SCHEMA = {
  type: "object",
  additionalProperties: false,
  properties: {
    titles: {
      description: "Whether the titles of windows are kept too, not only whose they are.",
      type: "boolean",
      default: false,
    },
  },
} as const;

/** Whether titles are wanted; a value of the wrong kind is named in `problems`, and the default holds. */
export function readActiveWindowSettings(config: Readonly<Record<string, unknown>>): {
  readonly titles: boolean;
  readonly problems: readonly string[];
} {
  const { titles = ACTIVE_WINDOW_DEFAULTS.titles } = config;
  if (typeof titles === "boolean") return { titles, problems: [] };
  return { titles: ACTIVE_WINDOW_DEFAULTS.titles, problems: ["titles should be true or false"] };
}
