// The copy of the schemas for other languages: JSON Schema of every message and command.
import { z } from "zod";
import { WireCommand } from "../command/command.ts";
import { WireMessage } from "../message/message.ts";
import { PROTOCOL_VERSION } from "../wire/constants.ts";

/** Everything an agent may send and receive, one definition per message type (`message_…`) and command (`command_…`).
 *  Extra keys are always allowed. Describes the wire as it is read, so no field is filled in. */
export function agentSchemaJson(): Record<string, unknown> {
  const messages = definitions("message", "type", WireMessage);
  const commands = definitions("command", "cmd", WireCommand);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:mimolo:jlp:${PROTOCOL_VERSION}`,
    title: "Agent JLP",
    description:
      "JSON Lines Protocol between an agent and the MiMoLo collector: one object per line. The root describes what an agent sends; $defs/command what it receives on stdin. Lengths, encoding and nesting are limited too, see docs/protocol.md.",
    protocol_version: PROTOCOL_VERSION,
    $ref: "#/$defs/message",
    $defs: {
      message: { oneOf: Object.keys(messages).map((name) => ({ $ref: `#/$defs/${name}` })) },
      command: { oneOf: Object.keys(commands).map((name) => ({ $ref: `#/$defs/${name}` })) },
      ...messages,
      ...commands,
    },
  };
}

type Union = typeof WireMessage | typeof WireCommand;
type Definition = z.core.JSONSchema.BaseSchema;

function definitions(prefix: string, key: string, union: Union): Record<string, Definition> {
  return Object.fromEntries(
    union.options.map((option) => {
      const { $schema: _, ...schema } = z.toJSONSchema(option, { io: "input" });
      return [`${prefix}_${wordOf(schema, key)}`, withoutEmptyParams(schema)];
    }),
  );
}

function wordOf(schema: Definition, key: string): string {
  const property = schema.properties?.[key];
  if (typeof property === "object" && typeof property.const === "string") return property.const;
  throw new Error(`a wire schema has no constant ${key}`);
}

// A command without any param is sent without `params`.
function withoutEmptyParams(schema: Definition): Definition {
  const params = schema.properties?.["params"];
  if (schema.properties?.["cmd"] === undefined || typeof params !== "object") return schema;
  if (params.required !== undefined) return schema;
  return { ...schema, required: ["cmd"] };
}
