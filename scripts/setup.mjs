// Makes a fresh clone ready: dependencies when the lockfile moved, then the build that running needs. Safe to repeat.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pnpm, root } from "./pnpm.mjs";
import { step } from "./step.mjs";

const stampFile = join(root, "node_modules", ".mimolo-setup");

function wanted() {
  const hash = createHash("sha256").update(process.version);
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"])
    hash.update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** Installs what is missing, then bundles all packages (turbo remembers what is done). */
export async function setup({ types = false } = {}) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(
      `MiMoLo needs Node.js 20.19 or newer; this is ${process.version}. Get it from https://nodejs.org\n`,
    );
    process.exit(1);
  }
  const stamp = wanted();
  const installed = existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
  if (!installed) {
    await step("dependencies", () => pnpm(["install", "--frozen-lockfile"], { quiet: true }));
    mkdirSync(join(root, "node_modules"), { recursive: true });
    writeFileSync(stampFile, stamp);
  }
  const tasks = types ? ["bundle", "types"] : ["bundle"];
  await step("build", () => pnpm(["exec", "turbo", "run", ...tasks, "--output-logs=errors-only"], { quiet: true }));
}
