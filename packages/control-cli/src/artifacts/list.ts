import { openKeptArtifacts } from "@mimolo/operations/reading";
import type { ArtifactList, ArtifactState } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import type { ArtifactOptions } from "./artifact-options.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { parseRange, type Range } from "../parse/time.ts";
import { dataDirOf } from "../place.ts";
import { artifactLines, totalLines } from "../present/artifacts.ts";

const USUAL = 100;
const MOST_OF_A_PAGE = 1_000;
const MIB = 1024 * 1024;

interface Page extends Range {
  readonly label: string | undefined;
  readonly plugin: string | undefined;
  readonly state: ArtifactState | undefined;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** `mimolo artifacts list`: what agents keep beside evidence, the newest first; also without a collector. */
export async function list(call: Call<ArtifactOptions>): Promise<ExitCode> {
  const { output, options, surroundings } = call;
  const { label, plugin, state, limit = USUAL } = options;
  const filter = { label, plugin, state, ...parseRange(options, surroundings.nowMs()) };
  const read = await reader(call);
  const items: ArtifactList["items"] = [];
  let found: ArtifactList;
  let cursor: string | undefined;
  // A page may be short and not the last.
  do {
    found = await read({ ...filter, cursor, limit: Math.min(limit - items.length, MOST_OF_A_PAGE) });
    items.push(...found.items);
    cursor = found.next_cursor ?? undefined;
  } while (cursor !== undefined && items.length < limit);
  const all = { ...found, items };
  if (items.length === 0 && label !== undefined && !all.totals.agents.some((agent) => agent.label === label)) {
    const unknown = await (await import("../agent/known-label.ts")).unknownLabel(call, label);
    if (unknown !== null) output.warn(unknown);
  }
  if (output.options.json) {
    await output.json(all);
    return EXIT.done;
  }
  await output.print(...artifactLines(all, output.colour));
  output.note(...totalLines(all));
  for (const { warning } of all.totals.agents) if (warning !== null) output.warn(warning);
  return EXIT.done;
}

/** Asks the collector that runs; else reads the files. */
async function reader(call: Call<ArtifactOptions>): Promise<(page: Page) => Promise<ArtifactList>> {
  const client = await clientIfRunning(call);
  if (client !== null) {
    return async ({ fromMs, toMs, ...page }) =>
      await client.get("/artifacts", { query: { ...page, from: stamp(fromMs), to: stamp(toMs) } });
  }
  const kept = await openKeptArtifacts(dataDirOf(call), { limitBytes: await limitBytes(call) });
  return async (page) => await kept.list(page);
}

/** As the configuration has it. */
async function limitBytes(call: Call): Promise<number> {
  const [{ agents: builtins }, { runSettings }] = await Promise.all([
    import("@mimolo/agents"),
    import("../run/settings.ts"),
  ]);
  return runSettings(call, builtins, { look: true }).config.monitor.artifact_warn_mib * MIB;
}

function stamp(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : new Date(atMs).toISOString();
}
