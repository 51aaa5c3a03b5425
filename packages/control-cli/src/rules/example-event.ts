import type { RuleReport } from "@mimolo/protocol";

type Members = { [name: string]: unknown };

/** An event that a rule waits for, with what its params take out of it; what `where` asks of it is not looked at. */
export function exampleEvent({ when, do: { params } }: Pick<RuleReport, "when" | "do">): object {
  const { source, event, agent } = when;
  const data: Members = source === "segment" ? { duration_s: 1800 } : {};
  for (const [, path = ""] of JSON.stringify(params).matchAll(/\{\{\s*data\.([\w.-]+)\s*\}\}/g))
    put(data, path.split("."));
  return {
    source,
    ...(event === undefined ? {} : { event }),
    ...(agent === undefined ? {} : { agent: agent.replaceAll("*", "") || "an-agent" }),
    data,
  };
}

function put(into: Members, [first = "", ...rest]: readonly string[]): void {
  if (rest.length === 0) {
    into[first] ??= "…";
    return;
  }
  const below = Object.hasOwn(into, first) ? into[first] : undefined;
  const next: Members = typeof below === "object" && below !== null ? (below as Members) : {};
  into[first] = next;
  put(next, rest);
}
