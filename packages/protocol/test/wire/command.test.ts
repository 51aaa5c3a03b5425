import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCommand, encodeCommand, type WireCommand } from "../../src/wire/index.ts";
import { goodCommand } from "../any-message.ts";

const read = (line: string) => {
  const decoded = decodeCommand(line);
  return decoded.ok ? decoded.command : decoded.code;
};

function sent(command: WireCommand, repeatAsArgs = false): unknown {
  return JSON.parse(encodeCommand(command, { repeatAsArgs }));
}

test("a command comes back as it was sent, repeated as args or not", () => {
  fc.assert(
    fc.property(goodCommand, fc.boolean(), (made, repeatAsArgs) => {
      const command = JSON.parse(JSON.stringify(made)) as WireCommand;
      const line = encodeCommand(command, { repeatAsArgs });
      expect(line.indexOf("\n")).toBe(line.length - 1);
      expect(decodeCommand(new TextEncoder().encode(line.trimEnd()))).toEqual({ ok: true, command });
    }),
    { numRuns: 300 },
  );
});

test("args is read as params, and params win where both speak", () => {
  expect(read('{"cmd":"flush","args":{"reason":"old"}}')).toEqual({ cmd: "flush", params: { reason: "old" } });
  expect(read('{"cmd":"flush","args":{"reason":"old"},"params":{"reason":"new"}}')).toEqual({
    cmd: "flush",
    params: { reason: "new" },
  });
});

test("a bare command has empty params", () => {
  expect(read('{"cmd":"status","id":"7"}')).toEqual({ cmd: "status", id: "7", params: {} });
});

test("a sequence is read from the top level, from params, and from a bare list of args", () => {
  const wanted = { cmd: "sequence", params: { sequence: ["stop", "flush", "shutdown"] } };
  expect(read('{"cmd":"sequence","sequence":["stop","flush","shutdown"]}')).toEqual(wanted);
  expect(read('{"cmd":"sequence","params":{"sequence":["stop","flush","shutdown"]}}')).toEqual(wanted);
  expect(read('{"cmd":"sequence","args":["stop","flush","shutdown"]}')).toEqual(wanted);
});

test("what old agents look for stands at top level too", () => {
  expect(sent({ cmd: "sequence", params: { sequence: ["stop"] } }, true)).toEqual({
    cmd: "sequence",
    sequence: ["stop"],
    params: { sequence: ["stop"] },
    args: { sequence: ["stop"] },
  });
  expect(sent({ cmd: "reject", params: { reason: "app_too_old" } })).toMatchObject({ reason: "app_too_old" });
  const ack = { ack: "handshake", accepted: true, app_version: "0.4.0", protocol_version: "0.4", run_id: "r" };
  expect(sent({ cmd: "ack", params: ack })).toEqual({
    cmd: "ack",
    ack: "handshake",
    accepted: true,
    app_version: "0.4.0",
    protocol_version: "0.4",
    params: ack,
  });
  expect(sent({ cmd: "stop", params: {} }, true)).toEqual({ cmd: "stop" });
});

test("a flat ack of an older collector is read", () => {
  expect(read('{"cmd":"ack","ack":"handshake","accepted":true,"app_version":"0.3.1"}')).toEqual({
    cmd: "ack",
    params: { ack: "handshake", accepted: true, app_version: "0.3.1" },
  });
});

test("a segment's own id is told from the command's", () => {
  expect(read('{"cmd":"segment","id":"c1","params":{"phase":"opened","id":"s1"}}')).toEqual({
    cmd: "segment",
    id: "c1",
    params: { phase: "opened", id: "s1" },
  });
});

test("what cannot be followed is said, with the id to answer to", () => {
  expect(read("nonsense")).toBe("not-json");
  expect(read("[]")).toBe("not-object");
  expect(read('{"type":"flush"}')).toBe("missing-cmd");
  expect(decodeCommand('{"cmd":"dance","id":"9"}')).toMatchObject({
    ok: false,
    code: "unknown-command",
    cmd: "dance",
    id: "9",
  });
  expect(decodeCommand('{"cmd":"throttle","params":{"factor":0}}')).toMatchObject({
    code: "invalid-field",
    field: "factor",
  });
  expect(decodeCommand('{"cmd":"flush","id":9}')).toMatchObject({ code: "invalid-field", field: "id" });
  expect(decodeCommand(Uint8Array.of(0xff))).toMatchObject({ code: "invalid-utf8" });
});
