import type { AskedConsent } from "./consent.ts";
import type { FileOptions } from "./files.ts";
import type { KnownPlugin } from "./known-plugin.ts";
import type { Tree } from "./layer.ts";
import type { RuntimeOverrides } from "./runtime-layer.ts";

/** `configFile` is one that someone named (relative to `cwd`), which is consent; without it `./mimolo.toml` or `.yaml` is
 *  found. `userConfigDir` and `globalFile` default to the platform's places. */
export interface ConfigOptions extends FileOptions {
  /** Whether a found file may say what runs: `true`, or who is asked about its bytes, if it says anything of the kind. Default
   *  `false`: a `needs-consent` error; `"notice"` is `false` and `look`. */
  readonly consent?: AskedConsent["consent"];
  /** For callers that start nothing: what lacks consent is told in `blocked`, whoever was asked. */
  readonly look?: boolean;
  /** The data directory that `mimolo allow` has to be told, for hints. */
  readonly dataDir?: string;
  /** Texts that stand in for what the files hold, by absolute path; each may do what the file itself may. */
  readonly texts?: ReadonlyMap<string, string>;
  /** What `state/overrides.json` holds. */
  readonly overrides?: RuntimeOverrides;
  /** Values of this run only, for instance `{ monitor: { cooldown_seconds: 60 } }` for a flag; they win over all. */
  readonly flags?: Readonly<Tree>;
  /** Built-in and installed plugins: their labels need no `plugin` key, their settings are no misspellings. With it, an
   *  enabled agent that names nothing to run is an error; without it that is left to whoever knows the plugins. */
  readonly builtins?: readonly KnownPlugin[];
  /** Plugins that merely lie about, with `[registry] paths`; asked when an agent names none of the others. */
  readonly found?: (paths: readonly string[]) => readonly KnownPlugin[];
}
