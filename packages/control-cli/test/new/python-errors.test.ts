import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import type { Kind } from "../../src/new/kinds.ts";
import { namesOf } from "../../src/new/names.ts";
import { render } from "../../src/new/render.ts";
import { writeFolder } from "../../src/new/write.ts";

const FLUSH = '{"cmd":"flush","id":"1"}\n';
const SHUTDOWN = '{"cmd":"shutdown"}\n';

/** What a plugin says in which `wrong` stands for `right`, and the line where it stands. `null`: stdin stays open. */
async function saidWith(right: string, wrong: string, input: string | null, kind: Kind = "agent") {
  const read = namesOf("typo", kind);
  if (!read.ok) throw new Error(read.why);
  const files = new Map(render({ kind, language: "py", names: read.names, author: "Ada", version: "0.4.0" }));
  const main = (files.get("main.py") ?? "").replace(right, wrong);
  expect(main).toContain(wrong);
  files.set("main.py", main);
  const line = main.slice(0, main.indexOf(wrong)).split("\n").length;
  const folder = join(mkdtempSync(join(tmpdir(), "mimolo new ")), "typo");
  writeFolder(folder, files);
  const child = spawn("python3", ["main.py"], { cwd: folder });
  const ended = once(child, "close") as Promise<[number | null]>;
  if (input !== null) child.stdin.end(input);
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  child.stdin.destroy();
  rmSync(join(folder, ".."), { recursive: true });
  const said = stdout
    .trimEnd()
    .split("\n")
    .map((each) => JSON.parse(each) as Message);
  return {
    line,
    said,
    errors: said.flatMap(({ type, message }) => (type === "error" ? [message] : [])),
    stderr,
    status,
  };
}

interface Message {
  readonly type: string;
  readonly message?: string;
  readonly error?: { readonly message: string };
}

describe.runIf(needs("python3"))("in Python, what fails says in which line, and goes on", () => {
  test.each([
    ["look", "self.known = names", "self.known = nul"],
    ["summarize", 'data = {"came"', "data = {nul"],
  ])("in %s, once, with the way there", async (_where, right, wrong) => {
    const { line, said, errors, stderr, status } = await saidWith(right, wrong, FLUSH + SHUTDOWN);
    expect(errors[0]).toBe(`main.py:${line}: NameError: name 'nul' is not defined`);
    expect(said.at(-1)?.type).toBe("ack");
    expect(stderr).toMatch(/^Traceback [^]*main\.py[^]*NameError/);
    expect(status).toBe(0);
  });

  test("a look that fails the same way at once again is told once, and its way has nothing of the wait", async () => {
    const wrong = "self.known = nul";
    const { errors, stderr } = await saidWith("self.known = names", wrong, FLUSH + FLUSH + SHUTDOWN);
    expect(errors).toHaveLength(1);
    expect(stderr.match(/NameError/g)).toHaveLength(1);
    expect(stderr).not.toContain("queue.Empty");
  });

  test("nor when it is its time to look", async () => {
    // Nothing but the clock calls it, and it ends itself.
    const wrong = 'os.kill(os.getpid(), 15); raise OSError("gone")';
    const { errors, stderr } = await saidWith("self.known = names", wrong, null);
    expect(errors[0]).toMatch(/^main\.py:\d+: OSError: gone$/);
    expect(stderr).not.toContain("Empty");
  });

  const WANTED =
    'summarize has to return (data, activity), such as ({"came": 1}, "worked"), or with "idle" or "passive"';
  const RETURN = 'return data, "worked" if data["came"] else "idle"';
  test.each([
    ["return data", `TypeError: ${WANTED}; it returned {'came': 0`],
    ["pass", `TypeError: ${WANTED}; it returned None`],
    ["return data, True", `TypeError: ${WANTED}; it returned ({'came': 0`],
    ['return {"files": {1}}, "idle"', "TypeError: data.files is a set, which JSON does not have"],
    ['return {"a": [1, {"b": b""}]}, "idle"', "TypeError: data.a[1].b is a bytes, which JSON does not have"],
    ['return {"a": float("nan")}, "idle"', "ValueError: data.a is nan, which JSON does not have"],
    ['return {(1, 2): 3}, "idle"', "TypeError: data has the key (1, 2), which JSON does not have"],
  ])("summarize with %s says what to return", async (wrong, why) => {
    const { line, said, errors, stderr, status } = await saidWith(RETURN, wrong, FLUSH + SHUTDOWN);
    // `def summarize` is three lines above.
    expect(errors[0]).toContain(`main.py:${line - 3}: ${why}`);
    expect(said.filter(({ type }) => type === "ack")).toHaveLength(2);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  });

  test("an answer that JSON does not have is refused, and an event in its own line", async () => {
    const call = '{"interface":"action","method":"execute","params":{"text":"hello"}}';
    const answered = await saidWith(
      'return {"lines"',
      'return {1} and {"lines": {1}, "n"',
      `{"cmd":"invoke","id":"1","params":${call}}\n`,
      "action",
    );
    expect(answered.said.find(({ type }) => type === "result")?.error?.message).toMatch(
      /^main\.py:\d+: TypeError: the result\.lines is a set, which JSON does not have$/,
    );
    const sent = await saidWith("self.known = names", 'jlp.event("came", {"files": names})', FLUSH);
    expect(sent.errors[0]).toBe(`main.py:${sent.line}: TypeError: Object of type set is not JSON serializable`);
  });
});
