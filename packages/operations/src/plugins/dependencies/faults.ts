// Why a plugin cannot run, by the shortest path to each cause.
import type { Components } from "./components.ts";
import type { Graph, Need } from "./graph.ts";
import type { DependencyCode, DependencyFault } from "./plugin-needs.ts";

/** Every cause once: each need that is not met, and one way round each circle. Nearest first. */
export function faultsOf(id: string, graph: Graph, { of, order }: Components): DependencyFault[] {
  const own = graph.refusal(id);
  if (own !== null) return [fault(graph, own, [id])];
  const faults: DependencyFault[] = [];
  const circles = new Set<number>();
  const from = new Map<string, string | null>([[id, null]]);
  for (const at of from.keys()) {
    const way = () => wayTo(at, from);
    const group = of.get(at) ?? -1;
    const members = order[group] ?? [];
    const turns = members.length > 1 || graph.needs(at).some((need) => need.id === at);
    if (turns && !circles.has(group)) {
      circles.add(group);
      faults.push(fault(graph, "cycle", [...way(), ...circleFrom(at, graph, new Set(members))]));
    }
    for (const need of graph.needs(at)) {
      const code = graph.fault(need);
      if (code !== null) faults.push(fault(graph, code, [...way(), need.id], need));
      else if (!from.has(need.id)) from.set(need.id, at);
    }
  }
  return faults;
}

function wayTo(id: string, from: ReadonlyMap<string, string | null>): string[] {
  const way: string[] = [];
  for (let at: string | null | undefined = id; at !== null && at !== undefined; at = from.get(at)) way.push(at);
  return way.toReversed();
}

/** The shortest way from a plugin back to itself, without its beginning. */
function circleFrom(start: string, graph: Graph, members: ReadonlySet<string>): string[] {
  const from = new Map<string, string | null>([[start, null]]);
  for (const at of from.keys()) {
    for (const { id } of graph.needs(at)) {
      if (id === start) return [...wayTo(at, from).slice(1), start];
      if (members.has(id) && !from.has(id)) from.set(id, at);
    }
  }
  return [start];
}

function fault(graph: Graph, code: DependencyCode, path: readonly string[], need?: Need): DependencyFault {
  const [id = ""] = path;
  const last = path.at(-1) ?? "";
  const found = code === "cycle" ? undefined : graph.get(last)?.version;
  const cause = causeOf(code, last, need?.range, found, graph.get(last)?.unusable);
  return {
    id,
    code,
    path,
    ...(need !== undefined && { range: need.range }),
    ...(found !== undefined && { found }),
    message: path.length === 1 ? cause : `${shownPath(path)}: ${cause}`,
  };
}

function causeOf(code: DependencyCode, id: string, range?: string, found?: string, why?: string): string {
  const wanted = range === undefined ? id : `${id} ${range} is needed`;
  switch (code) {
    case "missing":
      return range === undefined ? `${id} is not here` : `${wanted} and is not here`;
    case "conflict":
      return `${wanted}, ${found ?? "another version"} is here`;
    case "disabled":
      return range === undefined ? `${id} is disabled` : `${wanted} and is disabled`;
    case "unusable":
      return range === undefined ? `${id} cannot run: ${why ?? ""}` : `${wanted} and cannot run: ${why ?? ""}`;
    case "cycle":
      return "they need each other in a circle";
  }
}

const MOST_SHOWN = 12;

/** Long paths without their middle. */
export function shownPath(path: readonly string[]): string {
  const half = MOST_SHOWN / 2;
  const shown = path.length <= MOST_SHOWN ? path : [...path.slice(0, half), "…", ...path.slice(-half)];
  return shown.join(" → ");
}
