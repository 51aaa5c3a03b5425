import { CONTROL_EVENT_TYPES, type ControlEventType, nearestName } from "@mimolo/protocol";
import { ProblemError } from "../problems/problem.ts";

/** Some of the types of events, a bit each: equal sets are equal numbers, so that what is written for one serves all. */
export type EventSet = number;

const bits = new Map<ControlEventType, EventSet>(CONTROL_EVENT_TYPES.map((type, index) => [type, 1 << index]));
const families = [...new Set(CONTROL_EVENT_TYPES.map((type) => `${familyOf(type)}:*`))];

export function bitOf(type: ControlEventType): EventSet {
  return bits.get(type) ?? 0;
}

export function setOf(types: Iterable<ControlEventType>): EventSet {
  let set = 0;
  for (const type of types) set |= bitOf(type);
  return set;
}

export function typesIn(set: EventSet): ControlEventType[] {
  return CONTROL_EVENT_TYPES.filter((type) => (set & bitOf(type)) !== 0);
}

export const EVIDENCE: EventSet = bitOf("evidence:committed");
export const SEGMENTS: EventSet = setOf(CONTROL_EVENT_TYPES.filter((type) => familyOf(type) === "segment"));
/** What is worth something only while it is new: a client that reads too slowly goes without it first. */
export const EPHEMERA: EventSet = setOf(["agent:heartbeat", "agent:state", "widget:frame", "log"]);

/** Reads `agent:state`, `agent:*` and `*`. Throws `ProblemError` for what is none of them. */
export function subscriptionOf(names: readonly string[]): EventSet {
  return names.reduce((set, name) => set | named(name), 0);
}

function named(name: string): EventSet {
  if (name === "*") return setOf(CONTROL_EVENT_TYPES);
  const found = CONTROL_EVENT_TYPES.filter((type) => type === name || `${familyOf(type)}:*` === name);
  if (found.length > 0) return setOf(found);
  const near = nearestName(name, [...CONTROL_EVENT_TYPES, ...families]);
  const hint = near === undefined ? `there are ${families.join(", ")} and *` : `did you mean ${near}?`;
  throw new ProblemError("invalid-parameter", `subscribe: there are no events called ${JSON.stringify(name)}`, hint);
}

function familyOf(type: ControlEventType): string {
  return type.split(":", 1)[0] ?? type;
}
