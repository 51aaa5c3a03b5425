import { existsSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import type { BuiltinPlugin, Verdict } from "@mimolo/protocol";
import { resolveExecutable } from "@mimolo/supervisor";
import { verdictOf } from "@mimolo/trust";
import { type AgentConfig, pluginIdOf } from "../config/index.ts";
import { CollectorError } from "../error.ts";

/** What one configured label means: which program, whether it may run, with which settings. */
export interface AgentPlan {
  readonly label: string;
  readonly pluginId: string;
  readonly name: string;
  readonly version: string | null;
  readonly type: string;
  readonly verdict: Verdict;
  /** `null` when it may run; else the sentence that says why not, with the command that helps. */
  readonly blocked: string | null;
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly config: AgentConfig;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly builtin: BuiltinPlugin | null;
}

export interface PlanOptions {
  builtins: readonly BuiltinPlugin[];
  plugins: Readonly<Record<string, AgentConfig>>;
  /** Scripts and programs the embedder vouches for; paths. */
  allow: readonly string[];
  dev: boolean;
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Who set each value, by dotted key, so that an error names the line of the value itself. */
  origins?: ReadonlyMap<string, { readonly from: string; readonly line?: number }>;
}

/** Plans every enabled label. Throws `CollectorError` naming the label when a program or plugin does not exist. */
export function planAgents(options: PlanOptions): AgentPlan[] {
  const vouched = new Set(options.allow.map((path) => resolve(options.cwd, path)));
  return Object.entries(options.plugins)
    .filter(([, config]) => config.enabled)
    .map(([label, config]) => {
      const builtin = builtinFor(label, config, options);
      if (builtin !== null) return planBuiltin(label, config, builtin, options);
      return planOwn(label, config, vouched, options);
    });
}

function builtinFor(label: string, config: AgentConfig, options: PlanOptions): BuiltinPlugin | null {
  if (config.executable !== undefined) return null;
  const wanted = config.plugin ?? label.toLowerCase().replaceAll("_", "-");
  const found = options.builtins.find((each) => each.plugin_id === wanted || each.default_label === wanted);
  if (found !== undefined) return found;
  const known = options.builtins.map((each) => each.plugin_id).join(", ");
  const place = placeOf(label, config, "plugin", options);
  throw config.plugin === undefined
    ? new CollectorError(
        "missing-executable",
        `${place}[plugins.${label}] names neither a plugin nor an executable`,
        `add executable = "…" for a program of your own, or plugin = "…" for one of: ${known}`,
      )
    : new CollectorError(
        "unknown-plugin",
        `${place}plugin "${config.plugin}" of [plugins.${label}] is not known here`,
        `known plugins: ${known}`,
      );
}

function planBuiltin(label: string, config: AgentConfig, builtin: BuiltinPlugin, options: PlanOptions): AgentPlan {
  const actual = existsSync(builtin.entry) ? sha256(readFileSync(builtin.entry)) : null;
  const verdict = verdictOf({ kind: "builtin", expectedSha256: builtin.sha256, actualSha256: actual });
  return {
    label,
    pluginId: builtin.plugin_id,
    name: builtin.name,
    version: builtin.version,
    type: builtin.type,
    verdict,
    blocked: verdict === "trusted" ? null : `its file ${builtin.entry} is ${verdict}; install MiMoLo again to mend it`,
    executable: process.execPath,
    args: [builtin.entry],
    cwd: options.cwd,
    env: config.env,
    config,
    settings: { ...builtin.defaults, ...ownSettings(config) },
    builtin,
  };
}

function planOwn(label: string, config: AgentConfig, vouched: ReadonlySet<string>, options: PlanOptions): AgentPlan {
  const cwd = resolve(config.from.file === "code" ? options.cwd : config.from.folder, config.cwd ?? ".");
  const command = config.executable ?? "";
  const found = resolveExecutable(command, { cwd, env: options.env });
  if (!found.ok) {
    const place = placeOf(label, config, "executable", options);
    throw new CollectorError(
      found.code === "not-found" ? "missing-executable" : "not-executable",
      `${place}executable of [plugins.${label}]: ${found.message}`,
      found.code === "not-found"
        ? `install "${command}", correct executable, or set enabled = false under [plugins.${label}]`
        : `make it executable (chmod +x), or name its interpreter as executable and the script in args`,
    );
  }
  const named = [found.path, ...config.args.map((argument) => resolve(cwd, argument))];
  const allowed = named.some((path) => vouched.has(path));
  const verdict: Verdict = allowed ? "trusted" : verdictOf({ kind: "own", dev: options.dev });
  return {
    label,
    pluginId: pluginIdOf(label, config),
    name: label,
    version: null,
    type: config.plugin_type ?? "agent",
    verdict,
    blocked:
      verdict === "trusted" || verdict === "dev"
        ? null
        : `it is not trusted here (${verdict}); to run your own scripts while you write them: mimolo run --dev`,
    executable: found.path,
    args: config.args,
    cwd,
    env: config.env,
    config,
    settings: ownSettings(config),
    builtin: null,
  };
}

/** What the plugin gets to read: its own keys, and the pace if the configuration sets one. */
function ownSettings({ settings, poll_interval_s: pollIntervalS }: AgentConfig): Record<string, unknown> {
  return pollIntervalS === undefined ? settings : { ...settings, poll_interval_s: pollIntervalS };
}

/** Where the value was set, as every error of the configuration begins: `mimolo.toml:3: `. */
function placeOf(label: string, { from }: AgentConfig, key: string, { origins }: PlanOptions): string {
  const origin = origins?.get(`plugins.${label}.${key}`);
  const line = origin?.line ?? from.line;
  return line === undefined ? `${origin?.from ?? from.file}: ` : `${origin?.from ?? from.file}:${line}: `;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
