import { existsSync } from "node:fs";
import { type AgentConfig, ConfigError, type LoadedConfig } from "../config/index.ts";
import type { FirstConfig } from "../edit/begin-file.ts";

/** Where a configuration comes from, to read it again. */
export interface ConfigReader {
  /** Reads everything anew; `texts` stand in for files by their absolute path, so that an edit can be tried before it is
   *  written. `plugins` as in the options of a collector, those by default. Throws `ConfigError`. */
  load(texts?: ReadonlyMap<string, string>): {
    readonly config: LoadedConfig;
    readonly plugins?: Readonly<Record<string, Partial<AgentConfig>>>;
  };
  /** What an edit begins with when there is no file yet. Without it such an edit is refused. */
  begin?(): FirstConfig;
  /** Whether the collector reloads by itself when one of the files changes. Default `false`. */
  readonly watch?: boolean;
}

/** A file that is gone takes nothing back: throws a `ConfigError` when `after` lacks one of those that `before` was read
 *  from because it is no longer there. */
export function refuseVanished(before: LoadedConfig, after: LoadedConfig): void {
  const gone = before.files.find((file) => !after.files.includes(file) && !existsSync(file));
  if (gone === undefined) return;
  throw new ConfigError([
    {
      code: "not-found",
      message: `${gone}: no such file any more`,
      file: gone,
      hint: "put it back, or start the collector again to go without it",
    },
  ]);
}
