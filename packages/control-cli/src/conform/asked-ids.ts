import { CliError, EXIT } from "../error.ts";

/** Ids that are offered in place of one that is not there. */
const MOST_NEAR = 3;

/** The rules that are named, with commas between them; undefined: all. Throws for one that is not there. */
export async function askedIds(typed: string | undefined): Promise<readonly string[] | undefined> {
  if (typed === undefined) return undefined;
  const { rules } = await import("@mimolo/agent-sdk/testing");
  const known = rules.map(({ id }) => id as string);
  const ids = typed
    .split(",")
    .map((id) =>
      id
        .trim()
        .toUpperCase()
        .replace(/^(?=\d{3}$)/, "JLP"),
    )
    .filter((id) => id !== "");
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined && ids.length > 0) return ids;
  const near = nearest(unknown ?? "", known);
  const meant = near.length === 0 ? "" : `Near it are ${near.join(", ")}. `;
  const hint = `${meant}\`mimolo conform --explain\` lists every rule with its id.`;
  throw new CliError("usage", EXIT.usage, `there is no rule "${unknown ?? typed}"`, hint);
}

/** Those with the nearest numbers, in order; none where no number was typed. */
function nearest(typed: string, known: readonly string[]): readonly string[] {
  const digits = /\d+/.exec(typed)?.[0];
  if (digits === undefined) return [];
  const distance = (id: string) => Math.abs(Number(id.slice(3)) - Number(digits));
  return known
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, MOST_NEAR)
    .toSorted();
}
