import { realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import type { KnownPlugin } from "../config/index.ts";
import { isTable } from "../config/layer.ts";
import { readPlainFile } from "../plain-file.ts";
import type { PluginDescription } from "./found-plugin.ts";

/** No settings are that many. */
const MOST_SCHEMA_BYTES = 65_536;

/** A plugin that is described somewhere. */
export interface Described {
  readonly pluginId: string;
  /** What the path of its schema is relative to; absolute. */
  readonly folder: string;
  readonly manifest: Pick<PluginDescription, "defaults" | "limits" | "config_schema">;
}

/** A plugin as a configuration knows it. Its schema is read from its folder when somebody asks, and nothing of it is run. */
export function knownOf({ pluginId, folder, manifest }: Described): KnownPlugin {
  const { memory_mib, cpu_percent } = manifest.limits;
  const limits = {
    ...(memory_mib !== undefined && { memory_mib }),
    ...(cpu_percent !== undefined && { cpu_budget_percent: cpu_percent }),
  };
  let read: SchemaReading | undefined;
  const reading = () => (read ??= schemaOf(folder, manifest.config_schema));
  return {
    plugin_id: pluginId,
    defaults: { ...limits, ...manifest.defaults },
    get config_schema() {
      return reading().config_schema;
    },
    get schema_fault() {
      return reading().schema_fault;
    },
  };
}

type SchemaReading = Partial<Pick<KnownPlugin, "config_schema" | "schema_fault">>;

function schemaOf(folder: string, written: PluginDescription["config_schema"]): SchemaReading {
  if (written === undefined) return {};
  if (typeof written !== "string") return { config_schema: written };
  const fault = (why: string) => ({ schema_fault: `config_schema ${JSON.stringify(written)} ${why}` });
  try {
    const inside = realpathSync(folder);
    const file = realpathSync(resolve(inside, written));
    if (!file.startsWith(`${inside}${sep}`)) return fault("lies outside the plugin");
    const bytes = readPlainFile(file, MOST_SCHEMA_BYTES);
    if (bytes === null) return fault(`is no regular file of at most ${MOST_SCHEMA_BYTES / 1024} KiB`);
    const schema: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isTable(schema) ? { config_schema: schema } : fault("is no JSON object");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    return fault(
      error instanceof SyntaxError || error instanceof TypeError ? "is no JSON" : `cannot be read (${code})`,
    );
  }
}
