import {
  type AgentConfig,
  allowedFiles,
  dataDirectory,
  knownFound,
  knownInstalled,
  type LoadedConfig,
  loadConfig,
} from "@mimolo/operations";
import type { BuiltinPlugin } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";
import { NEWCOMER_FLUSH_S } from "./first-config.ts";

/** The flags of `run`, parsed. */
export interface RunOptions {
  readonly once?: boolean;
  /** Milliseconds. */
  readonly for?: number;
  readonly dryRun?: boolean;
  readonly dev?: boolean;
  readonly dashboard?: boolean;
  readonly port?: number;
  /** Seconds. */
  readonly cooldown?: number;
  readonly logFormat?: string;
  readonly verbosity?: string;
}

/** What a run goes by: the configuration under the flags, and the agents when it names none. */
export interface RunSettings {
  readonly config: LoadedConfig;
  /** Agents beside those of `config`. */
  readonly plugins: Readonly<Record<string, Partial<AgentConfig>>>;
}

/** Loads the configuration and lays the flags over it; without any agent in it the built-in ones stand in. `look` only
 *  reads: what lacks consent is then a notice. `texts` stand in for files. Throws `ConfigError`. */
export function runSettings(
  call: Pick<Call<RunOptions>, "options" | "surroundings">,
  builtins: readonly BuiltinPlugin[],
  {
    look = false,
    texts,
  }: { readonly look?: boolean | undefined; readonly texts?: ReadonlyMap<string, string> | undefined } = {},
): RunSettings {
  const { options, surroundings } = call;
  const dataDir = dataDirOf(call);
  const directory = dataDirectory(dataDir);
  const config = loadConfig({
    cwd: surroundings.cwd,
    env: surroundings.env,
    builtins: [...builtins, ...knownInstalled(directory)],
    found: knownFound({ directory, builtins, cwd: surroundings.cwd }),
    flags: flagsOf(options),
    ...(texts === undefined ? {} : { texts }),
    consent: options.dev === true ? true : allowedFiles(directory.trustFile),
    look,
    dataDir,
    ...(options.config === undefined ? {} : { configFile: options.config }),
  });
  const configured = Object.keys(config.plugins).length > 0;
  return { config, plugins: configured ? {} : newcomerPlugins(builtins) };
}

function flagsOf(options: RunOptions): Record<string, Record<string, unknown>> {
  const monitor = {
    ...(options.cooldown === undefined ? {} : { cooldown_seconds: options.cooldown }),
    ...(options.logFormat === undefined ? {} : { log_format: options.logFormat }),
    ...(options.verbosity === undefined ? {} : { console_verbosity: options.verbosity }),
  };
  const control = {
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.dashboard === false ? { dashboard: false } : {}),
  };
  return {
    ...(Object.keys(monitor).length === 0 ? {} : { monitor }),
    ...(Object.keys(control).length === 0 ? {} : { control }),
  };
}

function newcomerPlugins(builtins: readonly BuiltinPlugin[]): Record<string, Partial<AgentConfig>> {
  return Object.fromEntries(
    builtins
      .filter(({ by_default: byDefault }) => byDefault === true)
      .map((builtin) => [
        builtin.default_label,
        { plugin: builtin.plugin_id, agent_flush_interval_s: NEWCOMER_FLUSH_S },
      ]),
  );
}
