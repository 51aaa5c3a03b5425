// A happening as people write it, to try rules on.
import { nearestName, parseTimestamp, Timestamp } from "@mimolo/protocol";
import { z } from "zod";
import type { Happening } from "./happening.ts";

export type ReadHappening =
  | { readonly ok: true; readonly happening: Happening }
  | { readonly ok: false; readonly message: string; readonly hint: string };

const SOURCES = ["summary", "event", "agent_state", "health", "segment", "trigger"] as const;

const Written = z.strictObject({
  source: z.enum(SOURCES),
  agent: z.string().optional(),
  plugin: z.string().optional(),
  event: z.string().optional(),
  at: Timestamp.optional(),
  data: z.unknown().optional(),
  metrics: z.unknown().optional(),
  state: z.string().optional(),
  health: z.string().optional(),
  velocity: z.unknown().optional(),
  mode: z.unknown().optional(),
});

const KEYS = Object.keys(Written.shape);
const FOR_INSTANCE = 'for instance {"source": "summary", "agent": "mail", "data": {"count": 4}}';

/** Reads one from a value: `{source, agent?, plugin?, event?, at?, data?, metrics?, state?, health?, velocity?, mode?}`, or a line
 *  that an agent would say, `{type: "summary" | "event", …}`. What follows from the rest is filled in. */
export function readHappening(value: unknown, nowMs: number): ReadHappening {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { ok: false, message: "an event is an object", hint: FOR_INSTANCE };
  const parsed = Written.safeParse(asWritten(value as Record<string, unknown>));
  if (!parsed.success) return refused(parsed.error.issues[0], value as Record<string, unknown>);
  const { at, ...written } = parsed.data;
  return {
    ok: true,
    happening: { ...written, ...implied(parsed.data), atMs: (at === undefined ? null : parseTimestamp(at)) ?? nowMs },
  };
}

/** A line on the wire says the same in other words. */
function asWritten(value: Record<string, unknown>): Record<string, unknown> {
  const { type, timestamp, agent_label: agent, data, metrics, source, event } = value;
  if (source !== undefined || (type !== "summary" && type !== "event")) return value;
  const named = (data as { event?: unknown } | undefined)?.event ?? event;
  return {
    source: type,
    ...(agent !== undefined && { agent }),
    ...(type === "event" && named !== undefined && { event: named }),
    ...(timestamp !== undefined && { at: timestamp }),
    ...(data !== undefined && { data }),
    ...(metrics !== undefined && { metrics }),
  };
}

function implied({ source, event, state, health, data }: z.infer<typeof Written>): Partial<Happening> {
  const said = typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  switch (source) {
    case "agent_state": {
      const now = state ?? event ?? text(said["state"]);
      return { state: now, event: event ?? now, data: { ...said, ...(now !== undefined && { state: now }) } };
    }
    case "health": {
      const now = health ?? event ?? text(said["health"]);
      return { health: now, event: event ?? now, data: { ...said, ...(now !== undefined && { health: now }) } };
    }
    case "segment": {
      const { labels, id } = said;
      const named = Array.isArray(labels) ? labels.filter((label): label is string => typeof label === "string") : [];
      return { event: event?.replace(/^segment:/, ""), labels: named, segmentId: text(id) };
    }
    default:
      return { event: event ?? text(said["event"]) };
  }
}

function refused(issue: z.core.$ZodIssue | undefined, value: Record<string, unknown>): ReadHappening {
  if (issue?.code === "unrecognized_keys") {
    const [name = ""] = issue.keys;
    const nearest = nearestName(name, KEYS);
    const hint =
      nearest === undefined
        ? `what the happening itself says stands in data; there are ${KEYS.join(", ")}`
        : `write ${nearest}`;
    return { ok: false, message: `an event has no "${name}"`, hint };
  }
  const [key] = issue?.path ?? [];
  if (key === "source") {
    const written = value["source"];
    if (written === undefined)
      return { ok: false, message: "an event needs a source", hint: `one of ${SOURCES.join(", ")}; ${FOR_INSTANCE}` };
    const nearest = typeof written === "string" ? nearestName(written, SOURCES) : undefined;
    const hint = nearest === undefined ? `there are ${SOURCES.join(", ")}` : `write ${nearest}`;
    return { ok: false, message: `${JSON.stringify(written)} is no source`, hint };
  }
  return {
    ok: false,
    message: `"${String(key)}" of an event is not what it has to be`,
    hint: key === "at" ? "a time such as 2026-11-21T09:00:00Z" : "write a text",
  };
}
