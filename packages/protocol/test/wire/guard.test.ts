import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MESSAGE_TYPES, WireCommand, WireMessage } from "../../src/index.ts";
import { isCommandName, paramsFault } from "../../src/wire/guard/command-guard.ts";
import { isMessageType, isWireMessage, messageFault } from "../../src/wire/guard/message-guard.ts";
import { anyJson, goodCommand, goodMessage, nearly } from "../any-message.ts";

const hasAType = fc
  .tuple(fc.object({ maxDepth: 2 }), fc.constantFrom(...MESSAGE_TYPES))
  .map(([fields, type]) => ({ ...fields, type }));

test("every good message passes guard and schema", () => {
  fc.assert(
    fc.property(goodMessage, (message) => {
      expect(WireMessage.safeParse(message).error).toBeUndefined();
      expect(isWireMessage(message)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("guard and schema say the same of anything at all", () => {
  fc.assert(
    fc.property(fc.oneof(nearly(goodMessage), hasAType, anyJson), (value) => {
      expect(isWireMessage(value)).toBe(WireMessage.safeParse(value).success);
    }),
    { numRuns: 20000 },
  );
});

test("the field a guard names is one the schema complains about", () => {
  fc.assert(
    fc.property(nearly(goodMessage), (value) => {
      const read = WireMessage.safeParse(value);
      const { type } = value as { type?: unknown };
      if (read.success || !isMessageType(type)) return;
      const blamed = read.error.issues.map((issue) => issue.path.join("."));
      const fault = messageFault(type, value as object) ?? "";
      expect(blamed.some((path) => path === fault || path.startsWith(`${fault}.`))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("every good command passes guard and schema", () => {
  fc.assert(
    fc.property(goodCommand, (command) => {
      expect(WireCommand.safeParse(command).error).toBeUndefined();
      expect(passesCommandGuard(command)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("guard and schema say the same of nearly good commands", () => {
  fc.assert(
    fc.property(nearly(goodCommand), (value) => {
      expect(passesCommandGuard(value)).toBe(WireCommand.safeParse(value).success);
    }),
    { numRuns: 2000 },
  );
});

function passesCommandGuard(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { cmd, id, params } = value as Record<string, unknown>;
  if (!isCommandName(cmd) || (id !== undefined && typeof id !== "string")) return false;
  if (typeof params !== "object" || params === null || Array.isArray(params)) return false;
  return paramsFault(cmd, params) === null;
}
