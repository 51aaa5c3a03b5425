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

const here = (["py", "sh"] as const).filter((language) => language === "sh" || needs("python3"));

/** What an agent says that is asked once, and told to end. */
function saidOf(language: (typeof here)[number], watched: string) {
  const read = namesOf("seas", "agent");
  if (!read.ok) throw new Error(read.why);
  const { names } = read;
  const above = mkdtempSync(join(tmpdir(), "mimolo new "));
  onTestFinished(() => rmSync(above, { recursive: true }));
  const folder = join(above, "seas");
  writeFolder(folder, render({ kind: "agent", language, names, author: "Ada", version: "0.4.0" }));
  const [program, ...args] = languageFacts[language].command(names);
  const input = '{"cmd":"flush","id":"1"}\n{"cmd":"shutdown","id":"2"}\n';
  const env = { ...process.env, MIMOLO_CONFIG: JSON.stringify({ folder: join(above, watched) }) };
  const { stdout, stderr } = spawnSync(program, args, { cwd: folder, input, env, encoding: "utf8" });
  const messages = stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Message]));
  return { of: (type: string) => messages.filter((message) => message.type === type), stderr };
}

interface Message {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly data?: { readonly activity_signal?: unknown };
}

test.each(here)("in %s, what could not be seen is an error, and not idle; what was seen may be", (language) => {
  const blind = saidOf(language, "is-not-there");
  expect(blind.of("error")[0], blind.stderr).toMatchObject({ code: "sample-failed" });
  expect(blind.of("error")[0]?.message).toContain("is-not-there");
  expect(blind.of("summary")[0]?.data?.activity_signal).toEqual({ mode: "passive", keep_alive: null });
  const idle = saidOf(language, "seas");
  expect(idle.of("error")).toEqual([]);
  expect(idle.of("summary")[0]?.data?.activity_signal).toEqual({ mode: "active", keep_alive: false });
});
