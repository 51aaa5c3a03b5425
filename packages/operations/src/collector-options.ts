import type { FileSystem } from "@mimolo/ledger";
import type { BuiltinPlugin } from "@mimolo/protocol";
import type { Clock, Meter, Sandbox, Spawn } from "@mimolo/supervisor";
import type { Vouched } from "./agents/plan/ground.ts";
import type { ReportMaker } from "./api/injected/injected.ts";
import type { Priority } from "./budgets/priority.ts";
import type { AgentConfig, LoadedConfig } from "./config/index.ts";
import type { PluginHooks } from "./plugins/life/hooks.ts";
import type { ConfigReader } from "./reload/config-reader.ts";

/** How to make a collector. Only `dataDir` is needed; without agents it keeps an empty timeline. */
export interface CollectorOptions {
  /** The folder of everything it keeps; made when missing, owner-only. One collector at a time. */
  readonly dataDir: string;
  /** Plugins that ship with the application, trusted by their digests: `agents` of `@mimolo/agents`. */
  readonly builtins?: readonly BuiltinPlugin[];
  /** A configuration from `loadConfig`; default: the defaults. */
  readonly config?: LoadedConfig;
  /** Agents by label, over those of `config`; a value has the keys of `[plugins.<label>]`. */
  readonly plugins?: Readonly<Record<string, Partial<AgentConfig>>>;
  /** Scripts and programs the embedder vouches for: a path runs as it is, one with grants is held to them and to the bytes it has
   *  now. Everything else that is neither built in nor allowed by the user stays `blocked`. */
  readonly allow?: readonly Vouched[];
  /** Runs untrusted programs too; each of their records carries `"trust":"dev"`. */
  readonly dev?: boolean;
  /** `false` opens neither control socket nor port. `dashboard` and `port` go over `[control]` of the configuration: `dashboard:
   *  false` listens on no port, `port: 0` on any free one. Default `true`: as the configuration says. */
  readonly control?: boolean | { readonly dashboard?: boolean; readonly port?: number };
  /** Working directory of agents and base of relative paths. Default `process.cwd()`. */
  readonly cwd?: string;
  /** Environment that the agents' allowlist is taken from. Default `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** What is done beside the plugins at each step of their lives. */
  readonly hooks?: PluginHooks;
  /** Where `config` came from, to read it again while the collector runs. Without it only `reload(config)` changes it. */
  readonly reload?: ConfigReader;
  /** What answers SQL over evidence (`POST /query`, `store.query`); without it nobody does. */
  readonly query?: (sql: string) => Promise<unknown>;
  /** What makes reports (`GET /reports/{kind}`); without it there are only those of plugins. */
  readonly reports?: ReportMaker;
  /** A folder of static files with an `index.html`, served at `/` over TCP; without it there is no page. */
  readonly page?: string;
  readonly clock?: Clock;
  /** What the evidence is written through; a test makes it fail. Default: the system's files. */
  readonly fileSystem?: FileSystem;
  readonly spawn?: Spawn;
  /** What agents are confined with. Default: what works on this machine. */
  readonly sandbox?: Sandbox;
  /** Reads what agents use, and sets how willingly they give way. Default: this machine's. */
  readonly meter?: Meter;
  readonly priority?: Priority;
}
