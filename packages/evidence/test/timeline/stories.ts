// Generated stories of a collector's day: re-sends, imports, corrections, suspends, crashes, clocks that step, and the two
// nights on which local clocks change, in zones that do so at different hours.
import fc from "fast-check";

/** One thing that happens. Seconds, unless a name says otherwise. */
export type Step =
  | { readonly do: "wait"; readonly s: number }
  | { readonly do: "work"; readonly agent: number; readonly signal: object; readonly intervalS: number | null }
  | { readonly do: "event"; readonly item: string }
  | { readonly do: "hold" | "release"; readonly agent: number }
  | { readonly do: "commit" }
  | { readonly do: "crash"; readonly kept: number; readonly downS: number; readonly worked: boolean }
  | { readonly do: "suspend" | "stall"; readonly s: number }
  | { readonly do: "clock"; readonly byMs: number }
  | { readonly do: "policy"; readonly cooldownS: number; readonly minimumS: number }
  | { readonly do: "import"; readonly agoS: number; readonly forS: number; readonly id: number }
  | { readonly do: "correct"; readonly agoS: number; readonly forS: number; readonly as: "work" | "idle" }
  | { readonly do: "erase"; readonly seq: number };

export interface Story {
  readonly startMs: number;
  /** IANA name: agents stamp in its local time, with the offset of the moment. */
  readonly zone: string;
  readonly detail: number;
  readonly steps: readonly Step[];
}

/** Half an hour before a local clock changes, in spring and in autumn, and before a midnight without a change. */
const NIGHTS = [
  { zone: "Europe/Berlin", startMs: Date.UTC(2026, 2, 29, 0, 30) },
  { zone: "Europe/Berlin", startMs: Date.UTC(2026, 9, 25, 0, 30) },
  { zone: "America/New_York", startMs: Date.UTC(2026, 2, 8, 6, 30) },
  { zone: "America/New_York", startMs: Date.UTC(2026, 10, 1, 5, 30) },
  { zone: "Australia/Lord_Howe", startMs: Date.UTC(2026, 3, 4, 14, 30) },
  { zone: "Asia/Kolkata", startMs: Date.UTC(2026, 10, 21, 18, 0) },
];

const some = (most: number) => fc.integer({ min: 1, max: most });
const agent = fc.nat(1);
const signal = fc.constantFrom<object>(
  { mode: "active", keep_alive: true, reason: "edits" },
  { mode: "active", keep_alive: true, reason: "commits" },
  { mode: "active", keep_alive: false, reason: "nothing" },
  { mode: "passive", keep_alive: null },
);
const ago = { agoS: fc.integer({ min: 0, max: 7200 }), forS: some(3000) };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("wait" as const), s: fc.oneof(some(90), some(1200)) }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("work" as const),
      agent,
      signal,
      intervalS: fc.constantFrom(null, 10, 45.5, 900),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("event" as const), item: fc.constantFrom("a", "b", "c") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("hold" as const, "release" as const), agent }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("commit" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("crash" as const),
      kept: fc.nat(4),
      downS: some(1500),
      worked: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("suspend" as const, "stall" as const), s: some(1500) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("clock" as const), byMs: fc.integer({ min: -3_600_000, max: 3_600_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("policy" as const),
      cooldownS: fc.constantFrom(60, 300, 600),
      minimumS: fc.constantFrom(0, 0, 120),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("import" as const), ...ago, id: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("correct" as const), ...ago, as: fc.constantFrom("work", "idle") }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("erase" as const), seq: fc.nat(60) }) },
);

/** A story of up to sixty steps. */
export const story: fc.Arbitrary<Story> = fc
  .record({
    night: fc.constantFrom(...NIGHTS),
    detail: fc.constantFrom(2, 5, Number.POSITIVE_INFINITY),
    steps: fc.array(step, { minLength: 5, maxLength: 60, size: "max" }),
  })
  .map(({ night, detail, steps }) => ({ ...night, detail, steps }));

/** A moment as an agent writes it in that zone: `2026-10-25T02:30:00.000+01:00`, the hour that comes twice told apart. */
export function localStamp(atMs: number, zone: string): string {
  const offsetMs = offsetAt(atMs, zone);
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const sign = offsetMs < 0 ? "-" : "+";
  const local = new Date(atMs + offsetMs).toISOString().slice(0, -1);
  return `${local}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetAt(atMs: number, zone: string): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  formats.set(zone, format);
  const name = format.formatToParts(atMs).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const [, sign = "+", hours = "0", minutes = "0"] = /^GMT([+-])(\d\d):(\d\d)$/.exec(name) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
}
