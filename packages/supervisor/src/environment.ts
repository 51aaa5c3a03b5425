// The environment of an agent: an allowlist of the parent's, what its config adds, and the five names of the protocol.

/** Who the agent is and where it may write; becomes `MIMOLO_AGENT_LABEL`, `_AGENT_ID`, `_DATA_DIR`, `_AGENT_DATA_DIR`, `_CONFIG`. */
export interface AgentIdentity {
  readonly label: string;
  readonly instanceId: string;
  readonly dataDir: string;
  readonly agentDataDir: string;
  /** The agent's own settings; written as JSON. */
  readonly config: unknown;
  /** What the agent's config sets on purpose; cannot change the five names. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** Variables of the parent that agents see. `LC_*` too; on Windows names are compared without case. */
export const PASSED_ON: readonly string[] = `PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR TMP TEMP
  XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME __CF_USER_TEXT_ENCODING`.split(/\s+/);

const PASSED_ON_WINDOWS: readonly string[] = `PATH PATHEXT TMP TEMP TZ LANG SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC OS
  USERNAME USERPROFILE HOMEDRIVE HOMEPATH APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES
  PROGRAMFILES(X86) COMMONPROGRAMFILES NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE`.split(/\s+/);

/** Everything the agent will find in its environment. Nothing else of `parentEnv` is passed on: no tokens, no NODE_OPTIONS. */
export function agentEnvironment(
  agent: AgentIdentity,
  parentEnv: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(parentEnv)) {
    if (value !== undefined && isPassedOn(name, platform)) environment[name] = value;
  }
  return {
    ...environment,
    ...agent.extra,
    MIMOLO_AGENT_LABEL: agent.label,
    MIMOLO_AGENT_ID: agent.instanceId,
    MIMOLO_DATA_DIR: agent.dataDir,
    MIMOLO_AGENT_DATA_DIR: agent.agentDataDir,
    MIMOLO_CONFIG: JSON.stringify(agent.config),
  };
}

function isPassedOn(name: string, platform: NodeJS.Platform): boolean {
  if (platform === "win32") return PASSED_ON_WINDOWS.includes(name.toUpperCase());
  return PASSED_ON.includes(name) || name.startsWith("LC_");
}
