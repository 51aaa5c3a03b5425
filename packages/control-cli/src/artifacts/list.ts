import type { ArtifactList } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { clientOf } from "../client/running.ts";
import type { ArtifactOptions } from "../commands/artifacts.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { parseRange } from "../parse/time.ts";
import { artifactLines, totalLines } from "../present/artifacts.ts";

const USUAL = 100;
const MOST_OF_A_PAGE = 1_000;

/** `mimolo artifacts list`: what agents keep beside evidence, the newest first. */
export async function list(call: Call<ArtifactOptions>): Promise<ExitCode> {
  const { output, options, surroundings } = call;
  const { label, plugin, state, limit = USUAL } = options;
  const { fromMs, toMs } = parseRange(options, surroundings.nowMs());
  const filter = { label, plugin, state, from: stamp(fromMs), to: stamp(toMs) };
  const client = await clientOf(call);
  const items: ArtifactList["items"] = [];
  let found: ArtifactList;
  let cursor: string | undefined;
  // A page may be short and not the last.
  do {
    const query = { ...filter, cursor, limit: Math.min(limit - items.length, MOST_OF_A_PAGE) };
    found = await client.get("/artifacts", { query });
    items.push(...found.items);
    cursor = found.next_cursor ?? undefined;
  } while (cursor !== undefined && items.length < limit);
  const all = { ...found, items };
  if (output.options.json) {
    await output.json(all);
    return EXIT.done;
  }
  await output.print(...artifactLines(all, output.colour));
  output.note(...totalLines(all));
  for (const { warning } of all.totals.agents) if (warning !== null) output.warn(warning);
  return EXIT.done;
}

function stamp(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : new Date(atMs).toISOString();
}
