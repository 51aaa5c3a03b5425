import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { CollectorError } from "../error.ts";

/** A configuration to begin with, and its place. */
export interface FirstConfig {
  readonly file: string;
  readonly text: string;
}

/** A file that was not there before. */
export interface BegunFile {
  readonly file: string;
  /** Removes it again, unless somebody wrote into it since. */
  takeBack(): void;
}

/** Writes the first file of a configuration, never over one that is there. Throws `CollectorError` `no-config-file` where none can
 *  be written. */
export function beginFile({ file, text }: FirstConfig): BegunFile {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const hint = "`mimolo init --config FILE` writes one elsewhere; start with `mimolo run --config FILE`";
    throw new CollectorError("no-config-file", `there is no configuration file, and none can be written: ${why}`, hint);
  }
  const takeBack = () => {
    if (existsSync(file) && readFileSync(file, "utf8") === text) rmSync(file);
  };
  return { file, takeBack };
}
