import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { afterAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { KINDS, type Kind } from "../../src/new/kinds.ts";
import type { Language } from "../../src/new/languages.ts";
import { idle } from "./scaffold/at-work.ts";
import { author, type Begun } from "./scaffold/author.ts";
import { LANGUAGES_HERE, sweep } from "./scaffold/toolchains.ts";
import { mimolo, place } from "./spawned.ts";
import { atTerminal } from "./terminal.ts";

// Compilers and whole processes, on machines that may be busy.
vi.setConfig({ testTimeout: 600_000 });

const TODAY = Math.floor(Date.now() / 86_400_000);
const IS_ALL = process.env["MIMOLO_SCAFFOLDS"] === "all";
/** Builds and judgements at a time: compilers take whole cores, judges mostly wait. */
const AT_ONCE = 6;
const PATIENCE_MS = 90_000;

interface Pair {
  readonly kind: Kind;
  readonly language: Language;
}

/** The kit judges agents, and of each language one more kind, another each day; `MIMOLO_SCAFFOLDS=all`: every pair. */
function isJudged({ kind, language }: Pair): boolean {
  const others = KINDS.filter((each) => each !== "agent");
  const today = others[(TODAY + LANGUAGES_HERE.indexOf(language)) % others.length];
  return IS_ALL || kind === "agent" || kind === today;
}

function configured({ name, id, kind, language }: Begun): string {
  const plugin = `[plugins.${name}]\nplugin = "${id}"\nagent_flush_interval_s = 2\n`;
  if (kind !== "trigger") return plugin;
  const when = `{ source = "trigger", event = "arrived", agent = "${name}" }`;
  const act = `{ plugin = "acme.${language}-action", params = { text = "{{data.payload.name}}" } }`;
  return `${plugin}\n[[rules]]\nname = "${name}"\nwhen = ${when}\ndo = ${act}\n`;
}

afterAll(() => sweep(/rust-(?:agent|monitor|action|trigger|reporter)|rust_(?:agent|monitor|action|trigger|reporter)/));

test("every kind in every language: from an empty folder to work that a collector shows, as it says itself", async () => {
  const by = author();
  await by.mimolo(by.folder, "key", "new", "--scope", "acme.*");
  const pairs = LANGUAGES_HERE.flatMap((language) => KINDS.map((kind) => ({ kind, language })));
  const installed: Begun[] = [];
  const waiting = pairs.toSorted((one, other) => Number(isJudged(other)) - Number(isJudged(one)));
  const worker = async () => {
    for (let pair = waiting.shift(); pair !== undefined; pair = waiting.shift()) {
      const begun = await by.begin(pair.kind, pair.language);
      await by.install(begun, isJudged(pair));
      installed.push(begun);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(installed).toHaveLength(pairs.length);

  writeFileSync(join(by.folder, "mimolo.toml"), installed.map(configured).join("\n"));
  const running = mimolo(by, "run", "--config", "mimolo.toml", "--no-dashboard", "--data-dir", by.dataDir);
  try {
    await running.says("Ctrl-C stops it.");
    const untilMs = Date.now() + PATIENCE_MS;
    let round = 0;
    let left = new Map(installed.map((begun) => [begun, ""]));
    while (left.size > 0 && Date.now() < untilMs) {
      await pause(2000);
      left = await idle(by, [...left.keys()], `letter-${++round}.txt`);
    }
    expect([...left].map(([{ name }, seen]) => `${name}: ${seen}`)).toEqual([]);
  } finally {
    running.child.kill("SIGINT");
    await running.ended;
  }
});

/** As it is shown to people. */
const FIRST_WORK: Readonly<Record<Kind, RegExp>> = {
  agent: /summary worked came [1-9]/,
  monitor: /event arrived/,
  action: /lines/,
  trigger: /^arrived +trigger arrived +say +[1-9]\d* +0 /m,
  reporter: /files, /,
};

test("tried in its own folder, it shows its first work as the terminal says", async () => {
  const by = author();
  const kind = KINDS[TODAY % KINDS.length] ?? "agent";
  // What has to be compiled was, above; here it is about the way.
  const interpreted = LANGUAGES_HERE.filter((language) => ["py", "sh"].includes(language));
  for (const language of interpreted) {
    const begun = await by.begin(kind, language);
    const folder = begun.path;
    const running = mimolo(
      { folder, env: by.env },
      "run",
      "--dev",
      "--config",
      "mimolo.toml",
      "--data-dir",
      by.dataDir,
      "--port",
      "0",
    );
    try {
      await running.says("Ctrl-C stops it.");
      let printed = "";
      const untilMs = Date.now() + PATIENCE_MS;
      for (let round = 1; !FIRST_WORK[kind].test(printed) && Date.now() < untilMs; round++) {
        await pause(1000);
        // Where the first file came before the first look, another follows.
        for (const line of begun.see) {
          printed = await by.type(line.replace("letter", `letter-${round}`), begun).catch(String);
        }
      }
      expect(printed).toMatch(FIRST_WORK[kind]);
    } finally {
      running.child.kill("SIGINT");
      await running.ended;
    }
  }
});

describe.runIf(needs("python3"))("asked at a terminal", () => {
  test("for the language alone, Enter takes the first", async () => {
    const at = place();
    const { code, screen } = await atTerminal(at, [["In which language?", "\r"]], "new", "agent", "asked");
    expect(code, screen).toBe(0);
    expect(stripVTControlCharacters(screen)).toMatch(/TypeScript[\s\S]*POSIX shell[\s\S]*Wrote asked: local\.asked/);
    expect(readdirSync(join(at.folder, "asked", "src"))).toContain("plugin.ts");
  });

  test("for all of kind, name and language; a name that will not do is asked for again", async () => {
    const at = place();
    const answers = [
      ["What is it?", "\u001B[B\r"],
      ["What is it called?", "7 seas\r"],
      ["What about seas?", "\u007F".repeat(6) + "seas\r"],
      ["In which language?", "\u001B[B\u001B[B\r"],
    ] as const;
    const { code, screen } = await atTerminal(at, answers, "new");
    expect(code, screen).toBe(0);
    expect(stripVTControlCharacters(screen)).toContain("Wrote seas: local.seas");
    const said = readFileSync(join(at.folder, "seas", "plugin.toml"), "utf8");
    expect(said).toContain('type = "monitor"');
    expect(readdirSync(join(at.folder, "seas"))).toContain("main.py");
  });

  test.each(["What is it?", "What is it called?", "In which language?"])(
    "Ctrl-C at %s leaves nothing",
    async (last) => {
      const at = place();
      const all = ["What is it?", "What is it called?", "In which language?"];
      const answers = all.slice(0, all.indexOf(last)).map((words) => [words, "\r"] as const);
      const { code, screen } = await atTerminal(at, [...answers, [last, "\u0003"]], "new");
      expect({ code, there: readdirSync(at.folder) }, screen).toEqual({ code: 130, there: [] });
    },
  );

  test("a folder's name can not colour the terminal", async () => {
    const at = place();
    const { code, screen } = await atTerminal(at, [], "new", "agent", "a", "--lang", "py", "--dir", "\u001B[31mred");
    expect({ code, there: readdirSync(at.folder) }, screen).toEqual({ code: 2, there: [] });
    expect(screen).not.toContain("\u001B[31mred");
    expect(screen).toContain('--dir "\\u001b[31mred"');
  });
});

describe.runIf(needs("python3"))("a version that only plugin.toml says, published at a terminal", () => {
  test.each([
    ["\r", 1, []],
    ["y", 0, ["acme.seas-0.1.1.mmpkg"]],
  ])("is asked about: %j", async (answer, exit, published) => {
    const at = place();
    const mine = ["--data-dir", at.dataDir];
    await mimolo(at, "key", "new", "--scope", "acme.*", ...mine).ended;
    await mimolo(at, "new", "agent", "seas", "--lang", "py", "--id", "acme.seas").ended;
    const file = join(at.folder, "seas", "plugin.toml");
    writeFileSync(file, readFileSync(file, "utf8").replace('version = "0.1.0"', 'version = "0.1.1"'));
    const asked = [["Publish it all the same?", answer]] as const;
    const { code, screen } = await atTerminal(at, asked, "plugin", "publish", "seas", "--to", "registry", ...mine);
    expect(code, screen).toBe(exit);
    expect(stripVTControlCharacters(screen)).toContain("version 0.1.1, and main.py still says 0.1.0");
    const there = exit === 0 ? readdirSync(join(at.folder, "registry")) : [];
    expect(there.filter((name) => name.endsWith(".mmpkg"))).toEqual(published);
  });
});
