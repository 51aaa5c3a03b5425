// Somebody who begins plugins, and types what `mimolo new` says.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { main } from "../../../src/main.ts";
import type { Kind } from "../../../src/new/kinds.ts";
import type { Language } from "../../../src/new/languages.ts";
import { captured } from "../../captured.ts";
import { place } from "../spawned.ts";
import { prepare, toolchains } from "./toolchains.ts";

const run = promisify(execFile);

export interface Begun {
  readonly kind: Kind;
  readonly language: Language;
  /** Its label, and its id below `acme.`. */
  readonly name: string;
  readonly id: string;
  readonly path: string;
  /** From its build to its installation. */
  readonly next: readonly string[];
  readonly see: readonly string[];
}

export type Author = ReturnType<typeof author>;

/** With a folder, a key and a place for data of their own. `mimolo` runs within the test, whose modules are there already. */
export function author() {
  const at = place();
  const env = { ...at.env, ...toolchains };
  const inbox = join(at.env["HOME"] ?? "", "inbox");
  let turn: Promise<unknown> = Promise.resolve();

  /** What it prints; it has to end with 0. */
  async function mimolo(cwd: string, ...argv: string[]): Promise<string> {
    const { surroundings, out, err } = captured({ cwd, env });
    const end = argv.indexOf("--");
    const words = argv.toSpliced(end === -1 ? argv.length : end, 0, "--data-dir", at.dataDir);
    const code = await main(words, surroundings);
    expect({ argv, code, said: code === 0 ? "" : `${out()}${err()}` }).toEqual({ argv, code: 0, said: "" });
    return out();
  }

  async function begin(kind: Kind, language: Language): Promise<Begun> {
    const name = `${language}-${kind}`;
    const id = `acme.${name}`;
    const made = await mimolo(at.folder, "new", kind, name, "--lang", language, "--id", id, "--json");
    const begun = { kind, language, name, id, ...(JSON.parse(made) as Pick<Begun, "path" | "next" | "see">) };
    prepare(language, begun.path);
    return begun;
  }

  /** What it prints, typed in its folder or in another one. */
  async function type(line: string, { path }: Begun, cwd: string = path): Promise<string> {
    const bare = line.replaceAll(/'|"(?=\$)|(?<=inbox)"/g, "");
    const words = bare.split(" ").map((word) => word.replace("$HOME/inbox", inbox));
    if (words[0] === "npx") words.splice(0, words[1] === "--prefix" ? 3 : 1);
    // Nobody is there to end it.
    if (words[0] === "mimolo") return await mimolo(cwd, ...words.slice(1).filter((word) => word !== "-f"));
    // npm takes longer to begin than most of what it runs.
    const script = /^npm (?:run )?(\w+)$/.exec(line)?.[1];
    if (script === "install") return "";
    const { scripts = {} } = script === undefined ? {} : packageOf(path);
    const command = script === undefined ? line : (scripts[script] ?? "false");
    return (await run("sh", ["-c", command], { cwd, env })).stdout;
  }

  /** Types what leads to an installed plugin; the key is there, and `conform` is left out where it is not wanted. */
  async function install(begun: Begun, isJudged: boolean): Promise<void> {
    const lines = begun.next.filter((line) => !/ key new /.test(line) && (isJudged || !/ conform /.test(line)));
    const packing = lines.findIndex((line) => / plugin pack /.test(line));
    for (const line of lines.slice(0, packing)) await type(line, begun);
    // The store is written by one at a time.
    const before = turn;
    turn = (async () => {
      await before;
      const outside = lines.indexOf("cd ..");
      for (const line of lines.slice(packing, outside)) await type(line, begun);
      for (const line of lines.slice(outside + 1)) await type(line, begun, at.folder);
    })();
    await turn;
  }

  return { ...at, env, inbox, mimolo, begin, install, type };
}

function packageOf(path: string): { scripts?: Record<string, string> } {
  return JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as { scripts?: Record<string, string> };
}
