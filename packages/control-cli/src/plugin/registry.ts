import { agents as builtins } from "@mimolo/agents";
import { readSources, type ReadSources } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { CliError, EXIT } from "../error.ts";
import { whileBusy } from "../present/busy.ts";
import { printable } from "../present/width.ts";
import { runSettings } from "../run/settings.ts";

/** What the registries of the configuration offer: of the one a running collector goes by, else of the one a run here would
 *  go by. `sources` are empty where none is named. */
export async function registries(
  call: Pick<Call, "options" | "surroundings">,
): Promise<ReadSources & { readonly sources: readonly string[] }> {
  const sources = await sourcesOf(call);
  return { sources, ...readSources(sources) };
}

/** The offers for `ID[@RANGE]` as typed. Throws `CliError` for what names no plugin, and where no registry is named. */
export async function registriesFor(
  call: Pick<Call, "options" | "output" | "surroundings">,
  typed: string,
): Promise<ReadSources & { readonly id: string; readonly range: string | undefined }> {
  const at = typed.indexOf("@");
  const [id, range] = at === -1 ? [typed, undefined] : [typed.slice(0, at), typed.slice(at + 1)];
  if (id === "" || range === "") {
    const hint = "Write it such as acme.inbox or acme.inbox@^1.";
    throw new CliError("usage", EXIT.usage, `"${printable(typed)}" names no plugin`, hint);
  }
  const { sources, offers, problems } = await whileBusy(call.output, "reading the registries", () => registries(call));
  if (sources.length === 0) {
    throw new CliError(
      "not-offered",
      EXIT.usage,
      `no registry is named here that could offer ${printable(id)}`,
      NAME_ONE,
    );
  }
  return { id, range, offers, problems };
}

/** What is said where no registry is named. */
export const NAME_ONE = 'Name one in mimolo.toml: [registry] sources = ["/path/to/registry"]';

async function sourcesOf(call: Pick<Call, "options" | "surroundings">): Promise<readonly string[]> {
  const client = call.options.config === undefined ? await clientIfRunning(call) : null;
  if (client === null) return runSettings(call, builtins, { look: true }).config.registry.sources;
  const { values } = await client.get("/config");
  const named = values.find(({ key }) => key === "registry.sources")?.value;
  return Array.isArray(named) ? named.filter((each) => typeof each === "string") : [];
}
