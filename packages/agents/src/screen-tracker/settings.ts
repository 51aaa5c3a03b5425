// The agent's own settings, as they stand under `[plugins.<label>]`.

/** A part of the screen that no picture shows, in pixels from its upper left corner. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ScreenTrackerSettings {
  readonly everySeconds: number;
  /** Of the screen's size, 0.1 to 1. */
  readonly scale: number;
  /** Of the JPEG, 10 to 95. */
  readonly quality: number;
  /** Never in a picture. */
  readonly redact: readonly Region[];
  /** How long pictures are to be kept. */
  readonly keep: "ephemeral" | "retained";
}

/** Values as they stand in a `mimolo.toml` that says nothing. A picture costs more than the figures of other agents, so this one asks
 *  for more than they get. */
export const SCREEN_TRACKER_DEFAULTS = {
  every_seconds: 60,
  scale: 0.5,
  quality: 60,
  redact: [] as Region[],
  keep: "ephemeral",
  cpu_budget_percent: 2,
  memory_mib: 400,
};

const LEAST_SECONDS = 5;

export const SCREEN_TRACKER_SCHEMA = {
  type: "object",
  additionalProperties: false,
  properties: {
    every_seconds: {
      description: "Seconds between two pictures.",
      type: "number",
      minimum: LEAST_SECONDS,
      default: 60,
    },
    scale: {
      description: "How large a picture is, as a part of the screen.",
      type: "number",
      minimum: 0.1,
      maximum: 1,
      default: 0.5,
    },
    quality: {
      description: "Of the JPEG: more is larger and sharper.",
      type: "integer",
      minimum: 10,
      maximum: 95,
      default: 60,
    },
    redact: {
      description: "Parts of the screen that are black in every picture, in pixels from the upper left corner.",
      type: "array",
      maxItems: 64,
      default: [],
      items: {
        type: "object",
        additionalProperties: false,
        required: ["x", "y", "width", "height"],
        properties: {
          x: { type: "integer", minimum: 0 },
          y: { type: "integer", minimum: 0 },
          width: { type: "integer", minimum: 1 },
          height: { type: "integer", minimum: 1 },
        },
      },
    },
    keep: {
      description: "How long pictures are to be kept: until the next purge, or until you decide.",
      enum: ["ephemeral", "retained"],
      default: "ephemeral",
    },
  },
} as const;

/** Reads settings; a value of the wrong kind is named in `problems`, and the default holds. Where `redact` cannot be read, `fault`
 *  says so: no picture may be taken then, since it might show what it must not. */
export function readScreenTrackerSettings(config: Readonly<Record<string, unknown>>): {
  readonly settings: ScreenTrackerSettings;
  readonly problems: readonly string[];
  readonly fault: string | null;
} {
  const problems: string[] = [];
  const number = (key: "every_seconds" | "scale" | "quality", least: number, most: number): number => {
    const value = config[key] ?? SCREEN_TRACKER_DEFAULTS[key];
    if (typeof value === "number" && value >= least && value <= most) return value;
    problems.push(`${key} should be a number from ${least}${most === Infinity ? "" : ` to ${most}`}`);
    return SCREEN_TRACKER_DEFAULTS[key];
  };
  const { keep = SCREEN_TRACKER_DEFAULTS.keep, redact = SCREEN_TRACKER_DEFAULTS.redact } = config;
  if (keep !== "ephemeral" && keep !== "retained") problems.push('keep should be "ephemeral" or "retained"');
  const isReadable = Array.isArray(redact) && redact.every(isRegion);
  return {
    settings: {
      everySeconds: number("every_seconds", LEAST_SECONDS, Infinity),
      scale: number("scale", 0.1, 1),
      quality: number("quality", 10, 95),
      redact: isReadable ? redact : [],
      keep: keep === "retained" ? keep : "ephemeral",
    },
    problems,
    fault: isReadable
      ? null
      : "redact should be a list like [{ x = 0, y = 0, width = 400, height = 30 }]; no picture is taken until it is",
  };
}

function isRegion(value: unknown): value is Region {
  if (typeof value !== "object" || value === null) return false;
  const { x, y, width, height } = value as Partial<Record<string, unknown>>;
  return [x, y].every((each) => isPixels(each, 0)) && [width, height].every((each) => isPixels(each, 1));
}

function isPixels(value: unknown, least: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= least;
}
