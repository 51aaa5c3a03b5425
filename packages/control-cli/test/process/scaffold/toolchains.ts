// What the six languages need to build, test and run, here.
import { mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { needs } from "../../../../../scripts/needs.ts";
import type { Language } from "../../../src/new/languages.ts";

const isHere: Readonly<Record<Language, () => boolean>> = {
  ts: () => true,
  js: () => true,
  py: () => needs("python3"),
  go: () => needs("go"),
  rust: () => needs("cargo") && needs("cc"),
  sh: () => needs("sh"),
};

export const LANGUAGES_HERE = (Object.keys(isHere) as Language[]).filter((language) => isHere[language]());

const repository = fileURLToPath(new URL("../../../../../", import.meta.url));
/** What `npm install` would fetch, linked: packages by their names. */
const linked = join(repository, "examples", "tutorial", "node_modules");
/** Crates are built once, not for each plugin, and kept for the next time. */
const crates = join(repository, "node_modules", ".cache", "mimolo-scaffolds");

/** What the compilers keep lies in the home of whoever runs this. A plugin built here is tried, not measured: it need not be fast. */
export const toolchains = {
  CARGO_HOME: process.env["CARGO_HOME"] ?? join(homedir(), ".cargo"),
  RUSTUP_HOME: process.env["RUSTUP_HOME"] ?? join(homedir(), ".rustup"),
  CARGO_PROFILE_RELEASE_OPT_LEVEL: "0",
  GOCACHE: process.env["GOCACHE"] ?? join(homedir(), ".cache", "go-build"),
  // Without paths in what it makes, Go need not make it again.
  GOFLAGS: "-mod=mod -trimpath",
  PATH: [join(linked, ".bin"), dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter),
};

/** Makes a new plugin's folder ready to be built without a network. */
export function prepare(language: Language, folder: string): void {
  if (language === "ts" || language === "js") {
    mkdirSync(join(folder, "node_modules", "@mimolo"), { recursive: true });
    for (const name of ["mimolo", "esbuild", "@mimolo/agent-sdk"]) {
      symlinkSync(realpathSync(join(linked, name)), join(folder, "node_modules", name));
    }
  } else if (language === "rust") {
    mkdirSync(crates, { recursive: true });
    symlinkSync(crates, join(folder, ".target"));
  }
}

/** Leaves of the crates what other plugins use, too. */
export function sweep(program: RegExp): void {
  for (const folder of ["", "deps", ".fingerprint"].map((name) => join(crates, "release", name))) {
    for (const name of namesIn(folder)) if (program.test(name)) rmSync(join(folder, name), { recursive: true });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
