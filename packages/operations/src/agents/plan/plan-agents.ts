import { resolve } from "node:path";
import type { BuiltinPlugin } from "@mimolo/protocol";
import { resolveExecutable } from "@mimolo/supervisor";
import { type AgentConfig, pluginIdOf } from "../../config/index.ts";
import { CollectorError } from "../../error.ts";
import type { AgentPlan, Draft } from "./agent-plan.ts";
import { draftBuiltin } from "./builtin.ts";
import { draftFound } from "./found.ts";
import { judge } from "./judge.ts";
import { ownSettings } from "./own-settings.ts";
import { draftPackage } from "./package.ts";
import type { PlanOptions } from "./plan-options.ts";
import { withUnmetNeeds } from "./unmet-needs.ts";

const MOST_TOLD = 3;

/** Plans every enabled label. What it needs and does not get leaves a plugin `blocked`. Throws `CollectorError` naming the label when
 *  a program or plugin does not exist, unless `unplanned` takes that. */
export function planAgents(options: PlanOptions, unplanned?: (error: CollectorError) => void): AgentPlan[] {
  const enabled = Object.entries(options.plugins).filter(([, config]) => config.enabled);
  const plans = enabled.flatMap(([label, config]) => {
    try {
      return judge(draftOf(label, config, options), options.ground).plan;
    } catch (error) {
      if (unplanned === undefined || !(error instanceof CollectorError)) throw error;
      unplanned(error);
      return [];
    }
  });
  return withUnmetNeeds(plans, options);
}

function draftOf(label: string, config: AgentConfig, options: PlanOptions): Draft {
  if (config.executable !== undefined) return draftOwn(label, config, config.executable, options);
  const wanted = config.plugin ?? label.toLowerCase().replaceAll("_", "-");
  const builtin = options.builtins.find((each) => each.plugin_id === wanted || each.default_label === wanted);
  if (builtin !== undefined) return draftBuiltin(label, config, builtin, options.cwd);
  const installed = options.installed.find(({ pluginId }) => pluginId === wanted);
  if (installed !== undefined) return draftPackage(label, config, installed, options.env);
  const found = options.found().find(({ pluginId }) => pluginId === wanted);
  if (found !== undefined) return draftFound(label, config, found, options.env);
  throw unknownPlugin(label, config, options);
}

function draftOwn(label: string, config: AgentConfig, command: string, options: PlanOptions): Draft {
  const cwd = resolve(config.from.file === "code" ? options.cwd : config.from.folder, config.cwd ?? ".");
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
  const runner = config.as === undefined ? null : runnerOf(label, config, options);
  return {
    label,
    pluginId: pluginIdOf(label, config),
    name: label,
    version: null,
    type: config.plugin_type ?? "agent",
    program: { kind: "own", files: [], digest: null, manifest: null, folder: null },
    executable: found.path,
    args: config.args,
    cwd,
    env: config.env,
    config: withRunner(config, runner),
    settings: ownSettings(config),
    builtin: null,
    runner,
    unmet: null,
  };
}

/** To start a command now and then takes more than to watch: what runs it says how much. */
function withRunner(config: AgentConfig, runner: BuiltinPlugin | null): AgentConfig {
  const budget = runner?.defaults["cpu_budget_percent"];
  if (config.cpu_budget_percent !== undefined || typeof budget !== "number") return config;
  return { ...config, cpu_budget_percent: budget };
}

function runnerOf(label: string, config: AgentConfig, options: PlanOptions): BuiltinPlugin {
  const runner = options.builtins.find(({ runs_commands: runsCommands }) => runsCommands === true);
  if (runner !== undefined) return runner;
  throw new CollectorError(
    "missing-executable",
    `${placeOf(label, config, "as", options)}[plugins.${label}] is a command, and this collector has nothing that runs commands`,
    "hand it the built-in agents: createCollector({ builtins: agents }), of @mimolo/agents",
  );
}

function unknownPlugin(label: string, config: AgentConfig, options: PlanOptions): CollectorError {
  const ids = [
    ...options.builtins.map((each) => each.plugin_id),
    ...[...options.installed, ...options.found()].map((each) => each.pluginId),
  ];
  const known = ids.join(", ");
  const place = placeOf(label, config, "plugin", options);
  return config.plugin === undefined
    ? new CollectorError(
        "missing-executable",
        `${place}[plugins.${label}] names neither a plugin nor an executable`,
        `add executable = "…" for a program of your own, or plugin = "…" for one of: ${known}`,
      )
    : new CollectorError(
        "unknown-plugin",
        `${place}plugin "${config.plugin}" of [plugins.${label}] is not known here`,
        `known plugins: ${known}; it is installed with: mimolo plugin install ${config.plugin}, or its package's file${unreadHere(options)}`,
      );
}

/** It may be one of those that nobody can read. */
function unreadHere({ unread = () => [] }: PlanOptions): string {
  const told = unread();
  const more = told.length > MOST_TOLD ? `; and ${told.length - MOST_TOLD} more: mimolo register` : "";
  return told.length === 0 ? "" : `; what lies here and cannot be used: ${told.slice(0, MOST_TOLD).join("; ")}${more}`;
}

/** Where the value was set, as every error of the configuration begins: `mimolo.toml:3: `. */
function placeOf(label: string, { from }: AgentConfig, key: string, { origins }: PlanOptions): string {
  const origin = origins?.get(`plugins.${label}.${key}`);
  const line = origin === undefined ? from.line : origin.line;
  return line === undefined ? `${origin?.from ?? from.file}: ` : `${origin?.from ?? from.file}:${line}: `;
}
