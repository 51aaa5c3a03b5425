import { readFileSync } from "node:fs";
import type { LoadedConfig } from "../config/index.ts";
import { CollectorError } from "../error.ts";
import type { ReloadReport } from "../reload/report.ts";
import type { ConfigChange } from "./config-change.ts";
import type { FileChange } from "./edit-config.ts";
import { replaceText } from "./write-file.ts";

/** How the configuration is read and checked. */
export interface EditSource {
  /** Reads it, with `texts` in the place of files. Throws `ConfigError`. */
  read(texts?: ReadonlyMap<string, string>): LoadedConfig;
  /** Throws or rejects with a `CollectorError` when a program or plugin of it does not exist. */
  check(config: LoadedConfig): unknown;
}

/** What was edited. */
export interface ConfigEdit {
  /** The files that changed; none when all of it was so already. */
  readonly files: readonly string[];
  /** The configuration as it is now. */
  readonly config: LoadedConfig;
  /** Values that were written and do not count, since something above the files sets them too. */
  readonly overruled: readonly string[];
  /** How the running collector took it. */
  readonly reload?: ReloadReport;
}

/** Edits the files of a configuration, if the result is a right one; else they stay untouched. With `reload` the change is
 *  live when this resolves; when that takes it back, the files are as they were and `CollectorError` `rolled-back` is thrown. */
export async function editConfig(
  change: ConfigChange,
  source: EditSource,
  reload?: () => Promise<ReloadReport>,
): Promise<ConfigEdit> {
  // Whoever edits nothing does not pay for the library that does.
  const { fileChanges, overruled } = await import("./edit-config.ts");
  const changes = fileChanges(change, source.read()).filter(({ before, after }) => before !== after);
  const config = source.read(new Map(changes.map(({ file, after }) => [file, after])));
  await source.check(config);
  write(changes);
  const report = await reload?.();
  if (report?.outcome === "rolled-back" || report?.outcome === "refused") {
    restore(changes);
    const why = report.reasons.length === 0 ? report.message : report.reasons.join("; ");
    const files = changes.map(({ file }) => file).join(", ");
    const hint = `${files} is as it was; \`mimolo logs\` has its last words`;
    throw new CollectorError("rolled-back", `taken back: ${why}`, hint);
  }
  const files = changes.map(({ file }) => file);
  return { files, config, overruled: overruled(change, config), ...(report === undefined ? {} : { reload: report }) };
}

function write(changes: readonly FileChange[]): void {
  const written: FileChange[] = [];
  try {
    for (const change of changes) {
      if (readFileSync(change.file, "utf8") !== change.before) {
        throw new CollectorError("not-editable", `${change.file} was changed meanwhile`, "try again");
      }
      replaceText(change.file, change.after);
      written.push(change);
    }
  } catch (error) {
    restore(written);
    throw error;
  }
}

/** Puts the old texts back, but not over what somebody else wrote since. */
function restore(changes: readonly FileChange[]): void {
  for (const { file, before, after } of changes) {
    if (readFileSync(file, "utf8") === after) replaceText(file, before);
  }
}
