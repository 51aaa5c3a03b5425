// docs/protocol.md must not rot: its examples are good by the decoder, and its agent runs.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import {
  COMMANDS,
  decodeCommand,
  decodeLine,
  encodeCommand,
  HEALTHS,
  MESSAGE_TYPES,
  Permission,
  PluginInterface,
  FEATURES,
  type WireCommand,
  type WireMessage,
} from "../../src/index.ts";

const page = readFileSync(new URL("../../../../docs/protocol.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({
  language,
  text: text ?? "",
}));
const examples = blocks.filter((block) => block.language === "jsonl").flatMap((block) => block.text.trim().split("\n"));

test("every example line on the page is one that would be accepted", () => {
  expect(examples.length).toBeGreaterThan(30);
  for (const line of examples) {
    const bytes = new TextEncoder().encode(line);
    const isCommand = line.startsWith('{"cmd"');
    expect([line, isCommand ? decodeCommand(bytes).ok : decodeLine(bytes)]).toMatchObject(
      isCommand ? [line, true] : [line, { ok: true, known: true }],
    );
  }
});

test("the page names every word of the protocol, and shows every command", () => {
  const words = [
    ...MESSAGE_TYPES,
    ...COMMANDS,
    ...FEATURES,
    ...HEALTHS,
    ...Permission.options,
    ...PluginInterface.options,
  ];
  for (const word of words) expect([word, new RegExp(`\\b${word}\\b`).test(page)]).toEqual([word, true]);
  for (const cmd of COMMANDS)
    expect([cmd, examples.some((line) => line.startsWith(`{"cmd":"${cmd}"`))]).toEqual([cmd, true]);
});

test("the agent on the page shakes hands, reports new files, answers and leaves", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mimolo page "));
  const program = blocks.find((block) => block.language === "python")?.text ?? "";
  writeFileSync(join(folder, "new_files.py"), program);
  const agent = spawn("python3", ["new_files.py"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => agent.once("exit", resolve));
  const lines = createInterface({ input: agent.stdout })[Symbol.asyncIterator]();
  const heard = async (): Promise<WireMessage> => {
    const { value } = await lines.next();
    const decoded = decodeLine(new TextEncoder().encode(String(value)));
    if (!decoded.ok || !decoded.known) throw new Error(`the agent said ${String(value)}`);
    return decoded.message.type === "heartbeat" ? heard() : decoded.message;
  };
  const tell = (command: WireCommand) => agent.stdin.write(encodeCommand(command));

  expect(await heard()).toMatchObject({ type: "handshake", protocol_version: "0.4" });
  expect(await heard()).toMatchObject({ type: "status", health: "ok" });
  tell({ cmd: "ack", params: { ack: "handshake", accepted: true, heartbeat_interval_s: 60 } });
  writeFileSync(join(folder, "notes.md"), "");
  tell({ cmd: "flush", id: "1", params: {} });
  const signal = { mode: "active", keep_alive: true, reason: "1 new files" };
  expect(await heard()).toMatchObject({ type: "summary", data: { new_files: ["notes.md"], activity_signal: signal } });
  expect(await heard()).toMatchObject({ type: "ack", ack_command: "flush", id: "1" });
  tell({ cmd: "status", params: {} });
  expect(await heard()).toMatchObject({ type: "status" });
  tell({ cmd: "sequence", id: "2", params: { sequence: ["stop", "flush", "shutdown"] } });
  expect(await heard()).toMatchObject({ type: "ack", ack_command: "stop", id: "2" });
  expect(await heard()).toMatchObject({ type: "summary", data: { activity_signal: { keep_alive: false } } });
  expect(await heard()).toMatchObject({ type: "ack", ack_command: "flush" });
  expect(await heard()).toMatchObject({ type: "ack", ack_command: "shutdown" });
  expect(await ended).toBe(0);
  rmSync(folder, { recursive: true });
});
