// `mimolo add` in a folder whose file the collector that runs does not read.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory } from "@mimolo/operations/reading";
import { readTrust } from "@mimolo/operations/trust";
import { expect, onTestFinished, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

/** Two folders of one person: a collector is at work in `there`, what is typed is typed in `here`. */
function twoFolders() {
  const there = place();
  const here = { ...there, folder: join(there.folder, "..", "here") };
  for (const { folder } of [there, here]) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "todo.sh"), "#!/bin/sh\necho buy milk\n");
    chmodSync(join(folder, "todo.sh"), 0o755);
  }
  const mine = ["--data-dir", there.dataDir];
  const collecting = async () => {
    const collector = mimolo(there, "run", "--no-dashboard", ...mine);
    onTestFinished(async () => {
      collector.child.kill("SIGTERM");
      await collector.ended;
    });
    await collector.says("Ctrl-C stops it");
  };
  const added = (at: typeof here, label: string, ...more: string[]) =>
    mimolo(at, "add", label, "--as", "lines", ...mine, ...more, "--", "./todo.sh").ended;
  const fileOf = ({ folder }: typeof here) => join(folder, "mimolo.toml");
  const allowed = () => readTrust(dataDirectory(there.dataDir).trustFile).allow.map(({ path }) => path);
  return { there, here, mine, collecting, added, fileOf, allowed };
}

test.runIf(needs("sh"))(
  "a collector that runs without a file in another folder is said not to read what is begun here",
  async () => {
    const { here, added, fileOf, collecting } = twoFolders();
    await collecting();
    const { code, out, err } = await added(here, "todo", "--yes");
    expect(code).toBe(0);
    expect(out).toContain(`it stands in ${fileOf(here)}, which it began with the built-in agents (`);
    expect(err).toContain("the running collector does not read this file");
    expect(err).toContain("end it and say `mimolo run` here, or add the command where it was started");
    expect(out).not.toContain("It starts with the next");
  },
);

test.runIf(needs("sh"))(
  "a yes for a program is none for a file that somebody else put here, whoever runs elsewhere",
  async () => {
    const { here, added, fileOf, collecting, allowed } = twoFolders();
    await collecting();
    writeFileSync(fileOf(here), '[plugins.stranger]\nexecutable = "./todo.sh"\nargs = ["a stranger\'s"]\n');
    const { code, err, out } = await added(here, "todo", "--yes");
    expect(code).toBe(0);
    expect(allowed()).toEqual([join(here.folder, "todo.sh")]);
    expect(err).toContain("nobody has agreed to the file");
    expect(out).toMatch(/The file says what runs: read mimolo\.toml, then agree with: mimolo allow /);
    expect(out).not.toContain("It starts with");
  },
);

test.runIf(needs("sh"))("the file of a collector in another folder is written only with a word about it", async () => {
  const { there, here, added, fileOf, collecting } = twoFolders();
  expect((await added(there, "first", "--yes")).code).toBe(0);
  await collecting();
  writeFileSync(fileOf(here), "");
  const { code, out, err } = await added(here, "second", "--yes");
  expect(code).toBe(0);
  expect(out).toContain(`it stands in ${fileOf(there)}`);
  expect(out).toContain("It runs;");
  expect(err).toContain("that is the file of the running collector, in another folder");
  expect(err).toContain("does not read this folder's mimolo.toml; to write it there: --config mimolo.toml");
  expect(readFileSync(fileOf(here), "utf8")).toBe("");
  expect(readFileSync(fileOf(there), "utf8")).toContain(`[plugins.second]\nexecutable = "./todo.sh"\n`);

  const named = await added(here, "third", "--yes", "--config", "mimolo.toml");
  expect(named.err).toContain(
    `does not read this file (it goes by ${fileOf(there)}): end it and say \`mimolo run --config mimolo.toml\` here`,
  );
  expect(readFileSync(fileOf(here), "utf8")).toContain("[plugins.third]");
  expect(readFileSync(fileOf(there), "utf8")).not.toContain("third");
});

test.runIf(needs("sh"))("two things wait for a word, and it is said which two", async () => {
  const { there, added, fileOf } = twoFolders();
  const { code, out, err } = await added(there, "todo");
  expect(code).toBe(0);
  expect(existsSync(fileOf(there))).toBe(true);
  expect(err).toContain("two things wait for your word, the file and the program");
  expect(out).toContain("which it began with the built-in agents (");
  expect(out).toMatch(/The file says what runs: [^\n]*mimolo allow [^\n]*\n +The program, as it is now: mimolo allow /);
});
