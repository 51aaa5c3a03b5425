// What npm would publish, installed with npm into an empty folder with a space in its path, then used there.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npmCommand, pnpm, root, run } from "./pnpm.mjs";

const agent = `
import { defineAgent } from "@mimolo/agent-sdk";
await defineAgent({
  id: "acme.counter", version: "1.0.0", sampleEverySeconds: 1,
  sample: ({ count }) => count("ticks", 1),
  summarize: ({ counts }) => ({ data: counts, activity: "passive" }),
}).run();
`;

/** Packs all packages into `folder` and returns the tarballs' paths. */
export async function packAll(folder) {
  const packed = await pnpm(["-r", "--filter", "./packages/*", "exec", "pnpm", "pack", "--pack-destination", folder], {
    quiet: true,
  });
  if (packed.code !== 0) throw new Error(`pnpm pack failed:\n${packed.output}`);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".tgz"))
    .map((name) => join(folder, name));
}

export async function checkPacked(totals) {
  const scratch = mkdtempSync(join(tmpdir(), "mimolo packed "));
  try {
    const tarballs = join(scratch, "tarballs");
    const elsewhere = join(scratch, "an empty folder");
    mkdirSync(tarballs);
    mkdirSync(elsewhere);
    const files = await packAll(tarballs);
    writeFileSync(join(elsewhere, "package.json"), '{ "name": "elsewhere", "private": true, "type": "module" }\n');
    writeFileSync(join(elsewhere, "counter.mjs"), agent);
    const npm = (args) => run(process.execPath, [npmCommand(), ...args], { quiet: true, cwd: elsewhere });
    const installed = await npm(["install", "--no-audit", "--no-fund", ...files]);
    if (installed.code !== 0) return { code: 1, output: installed.output };

    const wanted = JSON.parse(readFileSync(join(root, "packages/control-cli/package.json"), "utf8")).version;
    const version = await npm(["exec", "--", "mimolo", "--version"]);
    const dataDir = join(elsewhere, "data");
    const config = join(elsewhere, "mimolo.toml");
    writeFileSync(
      config,
      `[plugins.counter]\nexecutable = "node"\nargs = ["counter.mjs"]\nagent_flush_interval_s = 1\n`,
    );
    const collector = await npm([
      "exec",
      "--",
      "mimolo",
      "run",
      "--dev",
      "--config",
      config,
      "--data-dir",
      dataDir,
      "--for",
      "5s",
    ]);
    const evidence = await npm([
      "exec",
      "--",
      "mimolo",
      "evidence",
      "--data-dir",
      dataDir,
      "--json",
      "--kind",
      "message",
    ]);
    const verified = await npm(["exec", "--", "mimolo", "verify", "--data-dir", dataDir, "--json"]);
    const measured = await npm([
      "exec",
      "--",
      "mimolo",
      "bench",
      "--only",
      "start_version,restart_latency",
      "--quick",
      "--json",
    ]);
    const claims = [
      ["npx mimolo --version prints the version", version.stdout.trim() === wanted, version],
      ["an agent on the installed SDK runs", collector.code === 0, collector],
      [
        "its summaries are evidence",
        /"agent_label":"counter"/.test(evidence.output) && /"ticks":/.test(evidence.output),
        evidence,
      ],
      [
        "mimolo bench measures with what is in the packages",
        measured.code === 0 && isMeasured(measured.stdout),
        measured,
      ],
      ["the ledger verifies", verified.code === 0 && /"ok": ?true/.test(verified.output), verified],
    ];
    let output = "";
    for (const [claim, holds, result] of claims) {
      totals[holds ? "passed" : "failed"]++;
      output += `${holds ? "✓" : "✗"} ${claim}\n${holds ? "" : `exit ${result.code}\n${result.output}\n`}`;
    }
    return { code: claims.every(([, holds]) => holds) ? 0 : 1, output };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Every figure has numbers, or wants a compiler that is not here. */
function isMeasured(text) {
  const figures = Object.values(JSON.parse(text));
  return figures.length === 2 && figures.every(({ value, why }) => value !== null || why.includes("no C compiler"));
}
