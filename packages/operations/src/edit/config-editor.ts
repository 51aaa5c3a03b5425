import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { consentPath, type LoadedConfig } from "../config/index.ts";
import { CollectorError } from "../error.ts";
import type { ReloadReport } from "../reload/report.ts";
import type { ConfigChange } from "./config-change.ts";
import type { FileChange } from "./edit-config.ts";
import { beginFile, type FirstConfig } from "./begin-file.ts";
import { replaceText } from "./write-file.ts";

/** How the configuration is read and checked. */
export interface EditSource {
  /** Reads it, with `texts` in the place of files. Throws `ConfigError`. */
  read(texts?: ReadonlyMap<string, string>): LoadedConfig;
  /** Throws or rejects with a `CollectorError` when a program or plugin of it does not exist. */
  check(config: LoadedConfig): unknown;
  /** With what was changed while a collector ran laid over it; absent: nothing was. */
  inEffect?(config: LoadedConfig): LoadedConfig | Promise<LoadedConfig>;
  /** What is written where, for an edit when there is no file yet; absent: such an edit is refused. */
  begin?(): FirstConfig;
  /** Carries the consent to a file on over an edit of it: whoever agreed to `from` agrees to `to`. Nobody agreed: nothing to
   *  carry. */
  carryConsent?(edit: CarriedConsent): unknown;
}

/** An edit of ours: exactly the bytes `from` in this place became exactly the bytes `to`. SHA-256 in hex. */
export interface CarriedConsent {
  readonly path: string;
  readonly from: string;
  readonly to: string;
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

/** Edits the files of a configuration, if the result is a right one; else they stay untouched. A file that was agreed to stays
 *  so, unless somebody else wrote it meanwhile; one that `begin` gives is written first. With `reload` the change is
 *  live when this resolves; when that takes it back, the files are as they were and `CollectorError` `rolled-back` is thrown. */
export async function editConfig(
  change: ConfigChange,
  source: EditSource,
  reload?: () => Promise<ReloadReport>,
): Promise<ConfigEdit> {
  const begun = source.begin !== undefined && source.read().files.length === 0 ? beginFile(source.begin()) : null;
  try {
    const edit = await editFiles(change, source, reload);
    return begun === null || edit.files.includes(begun.file) ? edit : { ...edit, files: [...edit.files, begun.file] };
  } catch (error) {
    begun?.takeBack();
    throw error;
  }
}

async function editFiles(
  change: ConfigChange,
  source: EditSource,
  reload: (() => Promise<ReloadReport>) | undefined,
): Promise<ConfigEdit> {
  // Whoever edits nothing does not pay for the library that does.
  const { fileChanges, overruled } = await import("./edit-config.ts");
  const changes = fileChanges(change, source.read()).filter(({ before, after }) => before !== after);
  const config = source.read(new Map(changes.map(({ file, after }) => [file, after])));
  await source.check(config);
  write(changes);
  await carry(changes, source);
  const report = await reload?.();
  if (report?.outcome === "rolled-back" || report?.outcome === "refused") {
    await carryBack(restore(changes), source);
    const why = report.reasons.length === 0 ? report.message : report.reasons.join("; ");
    const files = changes.map(({ file }) => file).join(", ");
    const hint = `${files} is as it was; \`mimolo logs\` has its last words`;
    throw new CollectorError("rolled-back", `taken back: ${why}`, hint);
  }
  const files = changes.map(({ file }) => file);
  const inEffect = (await source.inEffect?.(config)) ?? config;
  return { files, config, overruled: overruled(change, inEffect), ...(report === undefined ? {} : { reload: report }) };
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

/** Puts the old texts back, but not over what somebody else wrote since; gives what was put back. */
function restore(changes: readonly FileChange[]): FileChange[] {
  return changes.filter(({ file, before, after }) => {
    const ours = readFileSync(file, "utf8") === after;
    if (ours) replaceText(file, before);
    return ours;
  });
}

/** An edit whose consent cannot be kept is none: the collector would refuse its own file. */
async function carry(changes: readonly FileChange[], source: EditSource): Promise<void> {
  const carried: FileChange[] = [];
  try {
    for (const change of changes) {
      await source.carryConsent?.(asCarried(change));
      carried.push(change);
    }
  } catch (error) {
    const restored = restore(changes);
    await carryBack(
      restored.filter((change) => carried.includes(change)),
      source,
    );
    throw error;
  }
}

async function carryBack(changes: readonly FileChange[], source: EditSource): Promise<void> {
  for (const { file, before, after } of changes) {
    await source.carryConsent?.(asCarried({ file, before: after, after: before }));
  }
}

function asCarried({ file, before, after }: FileChange): CarriedConsent {
  return { path: consentPath(file), from: sha256(before), to: sha256(after) };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
