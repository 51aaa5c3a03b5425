import { copyFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Confinement, confine, describeRuntime } from "../../../src/index.ts";
import { outcome, place } from "./box.ts";

const none = { bubblewrap: null, why: "bubblewrap is not installed" };

async function attempt(at: ReturnType<typeof place>, more: Partial<Confinement> = {}, folder = at.program) {
  copyFileSync(fileURLToPath(new URL("attempts.mjs", import.meta.url)), join(at.program, "attempts.mjs"));
  writeFileSync(join(at.home, "diary"), "private");
  const tried = {
    "read its program": ["read", join(folder, "attempts.mjs")],
    "write its own folder": ["write", join(at.ownFolder, "new")],
    "a file of home": ["read", join(at.home, "diary")],
    passwd: ["read", "/etc/passwd"],
    "write outside": ["write", join(at.outside, "new")],
    "write its program": ["append", join(folder, "attempts.mjs")],
    "a thread": ["thread", null],
    "a program": ["run", [process.execPath, "-e", ""]],
  };
  const args = [join(folder, "attempts.mjs"), JSON.stringify(tried)];
  const request = { executable: process.execPath, args, cwd: at.ownFolder, environment: { HOME: at.home } };
  const confinement: Confinement = {
    capabilities: new Set(),
    files: "none",
    ownFolder: at.ownFolder,
    program: [folder],
    hidden: [at.data],
    runtime: describeRuntime(process.execPath, { env: {}, cwd: "/" }),
    ...more,
  };
  const confined = confine(request, confinement, none, { env: {}, home: at.home });
  const { stdout, stderr, code } = await outcome(confined.request);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  const results: Record<string, string> = JSON.parse(stdout);
  return Object.entries(results)
    .filter(([, result]) => result === "ok")
    .map(([name]) => name);
}

const ALONE = ["read its program", "write its own folder"];

test("without bubblewrap a Node agent is held by Node's own rules", async () => {
  expect(await attempt(place())).toEqual(ALONE);
});

test("what is granted works by these rules too", async () => {
  const at = place();
  const files = { read: [at.home], write: [at.outside] };
  expect(await attempt(at, { files })).toEqual([...ALONE, "a file of home", "write outside"]);
  expect(await attempt(place(), { capabilities: new Set(["subprocess"]) })).toEqual([...ALONE, "a program"]);
});

test.runIf(process.platform !== "win32")("a program that is named through a link starts", async () => {
  const at = place();
  const link = join(at.outside, "link");
  symlinkSync(at.program, link);
  expect(await attempt(at, {}, link)).toEqual(ALONE);
});

test.runIf(process.platform !== "win32")("so does one in a folder below a link", async () => {
  const at = place();
  const link = join(at.outside, "link");
  symlinkSync(dirname(at.program), link);
  expect(await attempt(at, {}, join(link, basename(at.program)))).toEqual(ALONE);
});
