import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import envPaths from "env-paths";
import { CollectorError } from "./error.ts";

/** Where everything of one collector lies; all absolute paths. */
export interface DataDirectory {
  readonly root: string;
  readonly evidence: string;
  /** Where the head of the ledger was told to a witness. */
  readonly anchors: string;
  readonly diagnostics: string;
  readonly state: string;
  readonly head: string;
  readonly instances: string;
  readonly overrides: string;
  /** Archives, restorations and tombstones of artifacts; owner-only. */
  readonly artifacts: string;
  /** A copy of the open segment. */
  readonly currentSegment: string;
  /** Closed segments for people and scripts, unless `log_dir` says another place. */
  readonly segments: string;
  readonly alive: string;
  /** What plugins did and used, a file for each day. */
  readonly telemetry: string;
  readonly runFile: string;
  readonly trust: string;
  readonly collectorKey: string;
  readonly collectorPublicKey: string;
  /** Keyring, allow list and high-water marks; owner-only. */
  readonly trustFile: string;
  /** Signing keys of this person, in minisign's format. */
  readonly keys: string;
  /** The ledger of what was allowed, refused and launched. */
  readonly audit: string;
  readonly auditHead: string;
  readonly plugins: string;
  /** Installed packages, `<id>/<version>-<digest16>`. */
  readonly store: string;
  /** Where a package is written before it is renamed into the store. */
  readonly staging: string;
  /** Plugins at work, each a folder with a `plugin.toml`. */
  readonly devPlugins: string;
  readonly control: string;
  readonly lock: string;
  readonly address: string;
  /** The token that opens everything over TCP; owner-only. */
  readonly token: string;
  /** Digests of the tokens that codes were traded for. */
  readonly sessions: string;
  /** What agents see as `MIMOLO_DATA_DIR`; nothing private of the collector lies in it. */
  readonly agentsRoot: string;
}

/** `explicit` (a flag), else `MIMOLO_HOME`, else the platform's place for application data. */
export function resolveDataDirectory(explicit: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  const chosen = explicit ?? env["MIMOLO_HOME"];
  return chosen === undefined || chosen === "" ? envPaths("mimolo", { suffix: "" }).data : resolve(chosen);
}

/** The layout under `root`. Touches nothing. */
export function dataDirectory(root: string): DataDirectory {
  const at = (...parts: string[]) => join(root, ...parts);
  return {
    root,
    evidence: at("evidence"),
    anchors: at("evidence", "anchors.jsonl"),
    diagnostics: at("diagnostics"),
    state: at("state"),
    head: at("state", "head.json"),
    instances: at("state", "instances.json"),
    overrides: at("state", "overrides.json"),
    artifacts: at("state", "artifacts.jsonl"),
    currentSegment: at("state", "current_segment.json"),
    segments: at("segments"),
    alive: at("state", "alive"),
    telemetry: at("state", "telemetry"),
    runFile: at("state", "run.json"),
    trust: at("trust"),
    collectorKey: at("trust", "collector.key"),
    collectorPublicKey: at("evidence", "collector.pub"),
    trustFile: at("trust", "trust.json"),
    keys: at("trust", "keys"),
    audit: at("trust", "audit"),
    auditHead: at("state", "audit-head.json"),
    plugins: at("plugins"),
    store: at("plugins", "store"),
    staging: at("plugins", "staging"),
    devPlugins: at("plugins", "dev"),
    control: at("control"),
    lock: at("control", "lock.json"),
    address: at("control", "address.json"),
    token: at("control", "token"),
    sessions: at("control", "sessions.json"),
    agentsRoot: at("data"),
  };
}

/** The only folder an agent owns. */
export function agentDirectory(directory: DataDirectory, pluginId: string, instanceId: string): string {
  return join(directory.agentsRoot, "agents", pluginId, instanceId);
}

/** Makes the folders, owner-only. Throws `CollectorError` `data-directory` when that is not possible. */
export function makeDataDirectory(directory: DataDirectory): void {
  const folders = [
    directory.root,
    directory.evidence,
    directory.diagnostics,
    directory.state,
    directory.trust,
    directory.audit,
    directory.plugins,
    directory.store,
    directory.devPlugins,
    directory.control,
    directory.agentsRoot,
  ];
  try {
    for (const folder of folders) {
      makeFolder(folder);
      chmodSync(folder, 0o700);
    }
  } catch (cause) {
    throw new CollectorError(
      "data-directory",
      `the data directory ${directory.root} cannot be used: ${(cause as Error).message}`,
      "choose another one with --data-dir, or make it writable for you",
      { cause },
    );
  }
}

/** Level by level, because Node's own recursive `mkdir` never returns for a place such as `/proc/x`. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another collector that starts at the same moment was quicker; the lock decides between the two.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
