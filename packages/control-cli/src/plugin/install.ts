import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Call } from "../call.ts";
import type { PluginOptions } from "../commands/plugin.ts";
import type { ExitCode } from "../error.ts";
import { type Admitted, admitted, admittedOffer } from "./admitted.ts";
import { installAll } from "./install-all.ts";
import { neededBy } from "./needed-by.ts";
import { packagesToInstall } from "./packages-to-install.ts";
import { registriesFor } from "./registry.ts";

/** `mimolo plugin install F|DIR|ID[@RANGE]`: checks it, asks what it may touch, keeps it, after what it needs. Exit code 4 for
 *  what is not trusted. */
export async function install(call: Call<PluginOptions>, [typed = ""]: readonly string[]): Promise<ExitCode> {
  return await installAll(call, await (isPath(call, typed) ? atHand(call, typed) : offered(call, typed)), typed);
}

async function atHand(call: Call<PluginOptions>, typed: string): Promise<readonly (Admitted | null)[]> {
  const own = await admitted(call, { path: resolve(call.surroundings.cwd, typed), typed });
  if (!own?.found.manifest) return [own];
  const packages: (Admitted | null)[] = [];
  for (const each of await neededBy(call, own.found.manifest)) packages.push(await admittedOffer(call, each));
  return [...packages, own];
}

async function offered(call: Call<PluginOptions>, typed: string): Promise<readonly (Admitted | null)[]> {
  const { id, range, offers, problems } = await registriesFor(call, typed);
  const packages: (Admitted | null)[] = [];
  for (const each of await packagesToInstall(call, offers, { id, range }, problems))
    packages.push(await admittedOffer(call, each));
  return packages;
}

/** What looks like a path, or is a package that lies there. An author's folder that is called like its plugin is none yet: the id
 *  is meant. */
function isPath({ surroundings }: Pick<Call, "surroundings">, typed: string): boolean {
  if (/[/\\]|\.mmpkg$|^\.{1,2}$|^$/.test(typed)) return true;
  const stats = statSync(resolve(surroundings.cwd, typed), { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return stats !== undefined;
  return !typed.includes(".") || existsSync(resolve(surroundings.cwd, typed, "mimolo-plugin.json"));
}
