// The author's plugin.toml for editors: JSON Schema of what may be written.
import { z } from "zod";
import { Capability } from "../plugin/capability.ts";
import { PluginInterface } from "../plugin/interface.ts";
import { PluginAuthorFile } from "../plugin/manifest.ts";
import { PluginPlatform } from "../plugin/manifest-fields.ts";

/** JSON Schema of plugin.toml, as it is written: no field is filled in. What no schema can say (that `entry` or `binary` is
 *  there, that a runtime is told) `mimolo plugin pack` says. */
export function pluginSchemaJson(): Record<string, unknown> {
  const { $schema, ...written } = z.toJSONSchema(PluginAuthorFile, {
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema, path }) => {
      Object.assign(jsonSchema, asWritten(path));
    },
  });
  orList(pointed(written, "properties", "plugin", "properties", "capabilities"));
  return {
    $schema,
    $id: "urn:mimolo:plugin-toml",
    title: "plugin.toml",
    description: "What a MiMoLo plugin says of itself; `mimolo plugin pack` makes the signed manifest of it.",
    ...written,
  };
}

/** What the reader takes before it checks, where zod cannot tell. */
function asWritten(path: readonly (string | number)[]): object {
  switch (path.join(".")) {
    case "properties.plugin.properties.interfaces.items":
      return { enum: PluginInterface.options };
    case "properties.plugin.properties.platforms.items":
      return { enum: [...PluginPlatform.options, "macos", "windows"] };
    default:
      return {};
  }
}

/** Capabilities may be written as a table of switches, or as a list. */
function orList(capabilities: Record<string, unknown>): void {
  const list = { type: "array", items: { enum: Capability.options } };
  const { type, properties, additionalProperties } = capabilities;
  for (const key of Object.keys(capabilities)) delete capabilities[key];
  capabilities["anyOf"] = [{ type, properties, additionalProperties }, list];
}

function pointed(schema: object, ...path: readonly string[]): Record<string, unknown> {
  return path.reduce((at, key) => at[key] as Record<string, unknown>, schema as Record<string, unknown>);
}
