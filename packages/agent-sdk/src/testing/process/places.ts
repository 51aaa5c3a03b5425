// Folders of one agent's life, and the environment that a collector would start it in.
import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";

/** Everything else of the environment is the agent's own words; these pass. */
const PASSED_ON =
  /^(?:PATH|PATHEXT|LANG|LANGUAGE|LC_.*|TZ|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|OS|NUMBER_OF_PROCESSORS|PROCESSOR_ARCHITECTURE)$/i;

export interface Places {
  readonly home: string;
  readonly temporary: string;
  readonly data: string;
  /** The only folder the agent may write in. */
  readonly own: string;
}

/** Whom the environment says the agent is. */
export interface Identity {
  readonly label: string;
  readonly instanceId: string;
}

export const NOBODY_ELSE: Identity = { label: "under_test", instanceId: "00000000-0000-4000-8000-000000000000" };

/** Makes fresh folders below `scratch`; their path holds what a path may hold. */
export async function freshPlaces(scratch: string, pluginId: string): Promise<Places> {
  const top = await mkdtemp(join(scratch, "a café "));
  const data = join(top, "data", "agents");
  const places = {
    home: join(top, "home"),
    temporary: join(top, "temporary"),
    data,
    own: join(data, pluginId, "instance"),
  };
  for (const folder of Object.values(places)) await mkdir(folder, { recursive: true });
  return places;
}

/** The environment of an agent in these folders; `more` is added before what a collector sets itself. */
export function agentEnvironment(
  { home, temporary, data, own }: Places,
  config: object,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name)) as [string, string][];
  return {
    ...Object.fromEntries(passed),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: temporary,
    TMP: temporary,
    TEMP: temporary,
    ...more,
    MIMOLO_AGENT_LABEL: NOBODY_ELSE.label,
    MIMOLO_AGENT_ID: NOBODY_ELSE.instanceId,
    MIMOLO_DATA_DIR: data,
    MIMOLO_AGENT_DATA_DIR: own,
    MIMOLO_CONFIG: JSON.stringify(config),
  };
}
