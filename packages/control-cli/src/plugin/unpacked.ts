import { existsSync } from "node:fs";
import { join } from "node:path";
import { shellWord } from "@mimolo/operations/trust";
import { CliError, EXIT } from "../error.ts";

/** A folder with a `plugin.toml` alone is what an author writes and no package yet: exit code 2, with what makes it one. */
export function refuseUnpacked(path: string, typed: string): void {
  if (!existsSync(join(path, "plugin.toml")) || existsSync(join(path, "mimolo-plugin.json"))) return;
  throw new CliError(
    "not-packed",
    EXIT.usage,
    `${typed} is a plugin's folder, not yet its package`,
    `Make that first: mimolo plugin pack ${shellWord(typed)} --sign`,
  );
}
