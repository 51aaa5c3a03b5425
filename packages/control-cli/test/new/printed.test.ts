import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { languageFacts } from "../../src/new/languages.ts";
import { namesOf } from "../../src/new/names.ts";
import { render } from "../../src/new/render.ts";
import { writeFolder } from "../../src/new/write.ts";

/** In each language a print where it looks, without the end of a line; and one by a program that it runs. */
const PRINTS = [
  ["py", "main.py", "self.known = names", 'print("here", end=""); sys.stderr.write(" at once")'],
  ["py", "main.py", "self.known = names", 'os.system("printf here")'],
  ["sh", "main.sh", "before=$known", "printf here; before=$known"],
  ["sh", "main.sh", "before=$known", "sh -c 'printf here'; before=$known"],
  ["go", "main.go", "a.known = names", 'a.known = names; os.Stdout.WriteString("here")'],
] as const;
const LANGUAGES_HERE = { py: needs("python3"), sh: true, go: needs("go") };
const here = PRINTS.filter(([language]) => LANGUAGES_HERE[language]);

test.each(here)(
  "in %s, what %s prints is shown beside the messages: %s → %s",
  (language, main, right, wrong) => {
    const read = namesOf("seas", "agent");
    if (!read.ok) throw new Error(read.why);
    const { names } = read;
    const above = mkdtempSync(join(tmpdir(), "mimolo new "));
    onTestFinished(() => rmSync(above, { recursive: true }));
    const folder = join(above, "seas");
    const files = new Map(render({ kind: "agent", language, names, author: "Ada", version: "0.4.0" }));
    const text = (files.get(main) ?? "").replace(right, wrong);
    expect(text).toContain(wrong);
    writeFolder(folder, files.set(main, text));
    const { command } = languageFacts[language];
    const [program, ...args] = language === "go" ? ["go", "run", "."] : command(names);
    const input = '{"cmd":"flush","id":"1"}\n{"cmd":"shutdown","id":"2"}\n';
    const env = { ...process.env, GOFLAGS: "-mod=mod -trimpath" };
    const { stdout, stderr } = spawnSync(program, args, { cwd: folder, input, env, encoding: "utf8" });
    const types = stdout
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(expect.arrayContaining(["handshake", "summary", "ack"]));
    expect(types).not.toContain("error");
    expect(stderr).toMatch(wrong.includes("at once") ? /^here at once/ : /^here/);
  },
  60_000,
);
