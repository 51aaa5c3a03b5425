import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { readTranscript } from "@mimolo/agent-sdk/testing";
import { needs } from "../../../../scripts/needs.ts";
import { isAlive, mimolo, place } from "./spawned.ts";
import { atTerminal } from "./terminal.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

/** Keeps the protocol; `MORE` runs once it has introduced itself, `FLUSHED` before the summary of a flush. */
const AGENT = `
import { createInterface } from "node:readline";
const say = (message) => process.stdout.write(JSON.stringify(message) + "\\n");
const capabilities = ["summary", "heartbeat", "status", "widget_frame"];
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities });
say({ type: "status", health: "ok" });
MORE
createInterface({ input: process.stdin }).on("line", (line) => {
  const { cmd, id } = JSON.parse(line);
  if (cmd === "status") say({ type: "status", health: "ok", message: "asked" });
  if (cmd === "stop" || cmd === "start") say({ type: "ack", ack_command: cmd, id });
  if (cmd === "flush") {
    FLUSHED
    say({ type: "summary", data: { noted: 3, activity_signal: { mode: "passive", keep_alive: null } } });
    say({ type: "ack", ack_command: "flush", id });
  }
  const data = { request_id: id, mode: "tree_v1", tree: { element: "text", text: "drawn" }, ttl_ms: 1000 };
  if (cmd === "widget_render") say({ type: "widget_frame", data });
  if (cmd === "shutdown") process.exit(0);
}).on("close", () => process.exit(0));
`;
const agent = ({ more = "", flushed = "" } = {}): string => AGENT.replace("MORE", more).replace("FLUSHED", flushed);

function placeWith(program: string) {
  const at = place();
  const file = join(at.folder, "agent.mjs");
  writeFileSync(file, program);
  return { ...at, file };
}

const RUN = ["--", process.execPath, "agent.mjs"];
/** What stands on the screen without colours and without the line below that is rewritten. */
const plain = (screen: string): string => stripVTControlCharacters(screen).replaceAll("\r", "").replaceAll(/ +$/gm, "");

describe.runIf(needs("python3"))("at a terminal", () => {
  test("keys ask the agent, and its answers are shown", async () => {
    const { code, screen } = await atTerminal(
      placeWith(agent()),
      [
        ["x shutdown", "f"],
        ["noted", "s"],
        ["asked", "t"],
        ["t start", "t"],
        ["t stop", "w"],
        ["drawn", "h"],
        ["twice: at once", "x"],
        ["r starts it again", "r"],
        ["t stop", "q"],
      ],
      "try",
      ...RUN,
    );
    const text = plain(screen);
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining("✓ no rule was seen broken") });
    expect(text).toMatch(/→ ack +accepted, a heartbeat every 1 s/);
    expect(text).toMatch(/← handshake +agent 1\.0\.0, protocol 0\.4: summary heartbeat status/);
    expect(text).toMatch(/→ flush\n[^]*← summary +passive \{"noted":3\}\n[^]*← ack +flush/);
    expect(text).toMatch(/→ stop\n[^]*← ack +stop/);
    expect(text).toMatch(/→ start\n[^]*← ack +start/);
    expect(text).toMatch(/it said +.*2 handshake/);
    expect(text).toContain("mimolo conform -- ");
  });

  test("saving restarts it; a rule that the edit breaks is named, and said to hold again after the next", async () => {
    const at = placeWith(agent());
    const broken = join(at.folder, "broken.txt");
    const mended = join(at.folder, "mended.txt");
    writeFileSync(broken, agent({ flushed: 'console.log("stray");' }));
    writeFileSync(mended, agent());
    const { code, screen } = await atTerminal(
      at,
      [
        ["x shutdown", "", `cp '${broken}' '${at.file}'`],
        ["agent.mjs changed: restarting", ""],
        ["handshake", ""],
        ["x shutdown", "f"],
        ["--explain JLP201", "f"],
        ["noted", "", `cp '${mended}' '${at.file}'`],
        ["agent.mjs changed: restarting", ""],
        ["handshake", ""],
        ["x shutdown", "f"],
        ["holds again", "q"],
      ],
      "try",
      ...RUN,
    );
    const text = plain(screen);
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining("✓ what broke holds again: JLP201") });
    expect(text.match(/✗ JLP201 {2}Every line on stdout is a JSON object/g)).toHaveLength(1);
    expect(text).toMatch(/← not-json +stray/);
    expect(text).toMatch(/seen .*stray/);
    expect(text).toContain("fix   Print to stderr instead");
    expect(text.match(/✓ JLP201 {2}holds again/g)).toHaveLength(1);
  });

  test("an agent that ends by itself waits for the next save", async () => {
    const at = placeWith("process.exit(3);");
    const good = join(at.folder, "good.txt");
    writeFileSync(good, agent());
    const { code, screen } = await atTerminal(
      at,
      [
        ["r starts it again", "", `cp '${good}' '${at.file}'`],
        ["x shutdown", "q"],
      ],
      "try",
      ...RUN,
    );
    const text = plain(screen);
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining("it ended by itself with exit code 3") });
  });

  test("Ctrl-C twice ends at once what does not want to, with all it has started", async () => {
    const at = placeWith(`
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
writeFileSync("pids", process.pid + " " + child.pid);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
process.stdin.resume();
setInterval(() => {}, 1000);
console.log(JSON.stringify({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: [] }));`);
    const { code, screen } = await atTerminal(
      at,
      [
        ["x shutdown", "\u0003"],
        ["→ shutdown", "\u0003"],
      ],
      "try",
      ...RUN,
    );
    const pids = readFileSync(join(at.folder, "pids"), "utf8").split(" ").map(Number);
    expect(pids).toHaveLength(2);
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 10_000 });
    expect({ code, text: plain(screen) }).toEqual({ code: 0, text: expect.stringContaining("it ended  by SIGKILL") });
  });

  test.each([[[] as string[]], [["--verbose"]]])("nothing an agent writes moves the terminal %j", async (words) => {
    const evil = String.raw`
const escapes = "\u001B]0;owned\u0007\u001B[2J\u009B31m\u202E";
say({ type: "log", level: "info", message: escapes });
say({ type: escapes });
process.stdout.write("\u001B[31mred\u001B[2J\n");
process.stderr.write("\u001B]0;owned\u0007\u001B[2Jstderr\n");
process.stdout.write(Buffer.from([0x1b, 0x5b, 0x32, 0x4a, 0xff, 0xfe, 0x9b, 0x0a]));
process.stdout.write("x".repeat(1024 * 1024) + "\n");
process.stdout.write('{"type":"log","level":"info","message":"' + "y".repeat(60000) + '"}\n');
say({ type: "log", level: "info", message: "the last of it" });`;
    const { code, screen } = await atTerminal(
      placeWith(agent({ more: evil })),
      [
        ["the last of it", "f"],
        ["noted", "q"],
      ],
      "try",
      ...words,
      ...RUN,
    );
    // Colours and the line that is rewritten are its own.
    // oxlint-disable-next-line no-control-regex
    const left = screen.replaceAll(/\u001B\[(?:\d+(?:;\d+)*m|2K)/g, "");
    // oxlint-disable-next-line no-control-regex
    expect(left.match(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202E]/g)).toBeNull();
    expect(screen).not.toContain("\u001B[31mred");
    expect(left).toContain("stderr");
    for (const id of ["JLP201", "JLP202", "JLP203"]) expect(left).toContain(`✗ ${id}`);
    expect(left.length).toBeLessThan(words.length === 0 ? 20_000 : 80_000);
    expect(code).toBe(1);
  });

  test("a flood stops neither the keys nor the terminal", async () => {
    const pour =
      'setInterval(() => { for (let i = 0; i < 500; i++) say({ type: "log", level: "info", message: "x" }); }, 20);';
    const { code, screen } = await atTerminal(
      placeWith(agent({ more: pour })),
      [
        ["--explain JLP211", "f"],
        ["too fast to be shown", "q"],
      ],
      "try",
      ...RUN,
    );
    expect({ code, text: plain(screen) }).toEqual({ code: 1, text: expect.stringContaining("✗ JLP211") });
  });
});

describe("without a terminal", () => {
  test("plain lines come until its time is over, and it is asked for status and summary", async () => {
    const { code, out, err } = await mimolo(placeWith(agent()), "try", "--for", "3s", ...RUN).ended;
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).not.toContain("\u001B");
    expect(out).toMatch(/→ flush\n.*← summary +passive \{"noted":3\}/);
    expect(out).toMatch(/it ended +with exit code 0/);
  });

  test("programs get one document, and the transcript", async () => {
    const at = placeWith(agent({ flushed: 'console.log("stray");' }));
    const words = ["try", "--for", "3s", "--json", "--record", "seen.jsonl", ...RUN];
    const { code, out } = await mimolo(at, ...words).ended;
    const { messages, broken, ended, transcript } = JSON.parse(out) as Record<string, unknown>;
    expect(code).toBe(1);
    expect(messages).toMatchObject({ handshake: 1, summary: 1, refused: 1 });
    expect(broken).toEqual([
      { id: "JLP201", required: true, seen: expect.stringContaining("stray"), fix: expect.stringContaining("stderr") },
    ]);
    expect({ ended, transcript }).toEqual({
      ended: { code: 0, signal: null },
      transcript: join(at.folder, "seen.jsonl"),
    });
    const lines = readTranscript(readFileSync(join(at.folder, "seen.jsonl"), "utf8"));
    expect(lines[0]).toMatchObject({ dir: "out", line: expect.stringContaining("handshake") });
    expect(lines.some(({ dir, line }) => dir === "in" && line?.includes('"shutdown"'))).toBe(true);
  });

  test("settings and heartbeat reach it; those in a file do after each save", async () => {
    const more = 'say({ type: "log", level: "info", message: "depth " + process.env.MIMOLO_CONFIG });';
    const at = placeWith(agent({ more }));
    const file = join(at.folder, "settings.json");
    writeFileSync(file, '{"depth":3}');
    const words = ["try", "--for", "20s", "--heartbeat", "2s", "--settings", "@settings.json", ...RUN];
    const running = mimolo(at, ...words);
    await running.says('depth {"depth":3}');
    await running.says("a heartbeat every 2 s");
    writeFileSync(file, '{"depth":4}');
    await running.says('depth {"depth":4}');
    running.child.kill("SIGTERM");
    expect((await running.ended).code).toBe(0);
  });

  test("a crash is a failure, even where no rule is broken", async () => {
    const more = "setTimeout(() => process.exit(7), 300);";
    const { code, out } = await mimolo(placeWith(agent({ more })), "try", "--for", "20s", ...RUN).ended;
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining("it ended by itself with exit code 7") });
  });

  test("an agent that never starts is no success; errors it reports are in the account", async () => {
    const never = await mimolo(placeWith("process.exit(0);"), "try", "--for", "20s", ...RUN).ended;
    const why = "✗ it never started: it ended with exit code 0 before it introduced itself";
    expect({ code: never.code, out: never.out }).toEqual({ code: 1, out: expect.stringContaining(why) });
    expect(never.out).not.toContain("✓");
    const more = `say({ type: "error", message: "name 'nul' is not defined" });`;
    const { code, out } = await mimolo(placeWith(agent({ more })), "try", "--for", "1s", ...RUN).ended;
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining("✗ it reported 1 error: name 'nul' is not"),
    });
  });

  test("a shutdown that ends badly breaks a rule", async () => {
    const program = agent().replace("process.exit(0);\n}).on", "process.exit(4);\n}).on");
    const { code, out } = await mimolo(placeWith(program), "try", "--for", "1s", ...RUN).ended;
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining("✗ JLP702") });
  });

  test("the end of stdin is its end", async () => {
    const { code, out } = await mimolo(placeWith(agent()), "try", ...RUN).ended;
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/it ended +with exit code 0/) });
  });

  test.each([
    [["--", "./no-such-agent"], "there is no command ./no-such-agent"],
    [["--", "bin/no-such-agent"], "is it built?"],
    [["--"], "no agent is named"],
    [["--", ""], "no agent is named"],
    [["--", `${process.execPath}/agent`], "cannot be started: spawn ENOTDIR"],
    [["--settings", "[1]", ...RUN], "--settings is no JSON object"],
    [["--record", "nowhere/seen.jsonl", ...RUN], "cannot write nowhere/seen.jsonl"],
    [["--for", "soon", ...RUN], '"soon" is not a duration'],
  ])("%j is a mistake in the command line", async (words, message) => {
    const at = placeWith(agent());
    const { code, err } = await mimolo(at, "try", ...words).ended;
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
    expect(existsSync(join(at.folder, "nowhere"))).toBe(false);
  });
});
