import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { agentSchemaJson, isWireMessage, WireCommand, WireMessage } from "../../src/index.ts";
import { goodCommand, goodMessage, nearly } from "../any-message.ts";

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true });
ajv.addKeyword("protocol_version");
const schema = agentSchemaJson();
const isMessage = ajv.compile(schema);
const isCommand = ajv.compile({ $ref: "urn:mimolo:jlp:0.4#/$defs/command" });

test("the published file is what the schemas say", () => {
  const file = new URL("../../../../spec/mimolo-agent-schema.json", import.meta.url);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(schema)));
});

test("every good message and command is good by the JSON Schema", () => {
  fc.assert(
    fc.property(goodMessage, goodCommand, (message, command) => {
      expect([message, isMessage(message)]).toEqual([message, true]);
      expect([command, isCommand(command)]).toEqual([command, true]);
    }),
    { numRuns: 300 },
  );
});

test("JSON Schema and guard say the same, but for times that never were and paths that lead out", () => {
  fc.assert(
    fc.property(nearly(goodMessage), (value) => {
      const message: unknown = JSON.parse(JSON.stringify(value));
      if (isMessage(message) !== isWireMessage(message)) expect(onlyBreaksARefinement(message)).toBe(true);
    }),
    { numRuns: 1500 },
  );
});

test("the JSON Schema of commands refuses what the schemas refuse", () => {
  fc.assert(
    fc.property(nearly(goodCommand), (value) => {
      const command = JSON.parse(JSON.stringify(value)) as Record<string, unknown> | null;
      const withParams = typeof command === "object" && command !== null ? { params: {}, ...command } : command;
      if (isCommand(command)) expect(WireCommand.safeParse(withParams).success).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("extra keys are never forbidden", () => {
  expect(JSON.stringify(schema)).not.toContain('"additionalProperties":false');
});

function onlyBreaksARefinement(message: unknown): boolean {
  const issues = WireMessage.safeParse(message).error?.issues ?? [];
  return (
    issues.length > 0 &&
    issues.every(({ code, path }) => code === "custom" && /timestamp|captured_at|rel_path/.test(path.join(".")))
  );
}
