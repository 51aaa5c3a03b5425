// What npm would publish, installed with npm into an empty folder with a space in its path, then used there.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

const plainAgent = `
import { createInterface } from "node:readline";
let ticks = 0;
const say = (message) => console.log(JSON.stringify({ timestamp: new Date().toISOString(), ...message }));
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: ["summary"] });
setInterval(() => say({ type: "heartbeat", metrics: { pending: ++ticks } }), 1000);
const flush = () => say({ type: "summary", data: { ticks } }) ?? say({ type: "ack", ack_command: "flush" });
createInterface({ input: process.stdin })
  .on("line", (line) => JSON.parse(line).cmd === "flush" && flush())
  .on("close", () => process.exit(0));
`;

const registry = '[registry]\nsources = ["registry"]\n';

const pluginFile = (version) => `
[plugin]
id = "acme.tick"
name = "Tick"
version = "${version}"
type = "agent"
entry = "main.mjs"
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
    const dataDir = join(elsewhere, "data");
    const config = join(elsewhere, "mimolo.toml");
    const version = await npm(["exec", "--", "mimolo", "--version"]);
    // What npx starts; to have npm look it up each time would take longer than most of this.
    const bin = join(elsewhere, "node_modules", "mimolo", "bin", "mimolo.js");
    const mimolo = (...args) => run(process.execPath, [bin, ...args], { quiet: true, cwd: elsewhere });
    const here = (...args) => mimolo(...args, "--data-dir", dataDir);
    writeFileSync(config, registry + labelled("counter", 'executable = "node"\nargs = ["counter.mjs"]\n'));
    // It mostly waits, for npm and for agents, and has data of its own.
    const beginning = beginPlugins(elsewhere, files);
    const forbidden = await here("run", "--config", config, "--for", "2s");
    const collector = await here("run", "--dev", "--config", config, "--for", "5s");
    const evidence = await here("evidence", "--json", "--kind", "message");
    const allowed = await here("allow", "counter.mjs");
    const plugin = await installPlugin(elsewhere, here);
    writeFileSync(config, `${readFileSync(config, "utf8")}\n${labelled("tick", 'plugin = "acme.tick"\n')}`);
    const released = await here("run", "--config", config, "--for", "6s");
    const trusted = await here("evidence", "--json", "--kind", "message");
    writeFileSync(join(elsewhere, "tick", "plugin.toml"), pluginFile("1.1.0"));
    const published = await here("plugin", "publish", "./tick", "--to", "registry");
    const upgraded = await here("plugin", "upgrade", "--config", config, "--json");
    const verified = await here("verify", "--json");
    const begun = await beginning;
    const measured = await mimolo("bench", "--only", "start_version,restart_latency", "--quick", "--json");
    const claims = [
      ["npx mimolo --version prints the version", version.stdout.trim() === wanted, version],
      ["a script nobody allowed does not run", /mimolo allow /.test(forbidden.output), forbidden],
      ["an agent on the installed SDK runs", collector.code === 0, collector],
      ["its summaries are evidence", ticksOf(evidence, "counter", "dev") > 0, evidence],
      ["allowed, it runs without --dev", ticksOf(trusted, "counter", "trusted") > 0, both(allowed, released)],
      [
        "a plugin is packed, signed, published, installed and run",
        ticksOf(trusted, "tick", "trusted") > 0,
        both(plugin, released),
      ],
      [
        "a newer version is found in the registry and taken",
        upgraded.code === 0 && /"to":"1\.1\.0","outcome":"upgraded"/.test(upgraded.stdout),
        both(published, upgraded),
      ],
      ["the page is in the packages, with all that it names", hasPage(elsewhere), installed],
      ["mimolo new in TypeScript and JavaScript leads to evidence, as it says itself", begun.code === 0, begun],
      [
        "mimolo bench measures with what is in the packages",
        measured.code === 0 && isMeasured(measured.stdout),
        measured,
      ],
      [
        "evidence and audit log verify",
        verified.code === 0 && /"ok": ?true/.test(verified.output) && /"ledger": ?"audit"/.test(verified.output),
        verified,
      ],
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

/** What the page's first file names lies beside it. */
function hasPage(elsewhere) {
  const folder = join(elsewhere, "node_modules", "@mimolo", "dashboard", "dist", "page");
  const index = readFileSync(join(folder, "index.html"), "utf8");
  const named = [...index.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file]) => join(folder, file));
  return named.length > 1 && [...named, join(folder, "page-policy.json")].every((file) => existsSync(file));
}

/** Every figure has numbers, or wants a compiler that is not here. */
function isMeasured(text) {
  const figures = Object.values(JSON.parse(text));
  return figures.length === 2 && figures.every(({ value, why }) => value !== null || why.includes("no C compiler"));
}

/** A plugin without dependencies, from its folder through a registry to the store; the first step that fails is what comes back. */
async function installPlugin(elsewhere, here) {
  const folder = join(elsewhere, "tick");
  mkdirSync(folder);
  writeFileSync(join(folder, "main.mjs"), plainAgent);
  writeFileSync(join(folder, "plugin.toml"), pluginFile("1.0.0"));
  const steps = [
    ["key", "new", "--scope", "acme.*"],
    ["plugin", "pack", "tick", "--sign"],
    ["plugin", "verify", "acme.tick-1.0.0.mmpkg"],
    ["plugin", "publish", "acme.tick-1.0.0.mmpkg", "--to", "registry"],
    ["plugin", "search", "tick"],
    ["plugin", "install", "acme.tick@^1"],
  ];
  for (const step of steps) {
    const result = await here(...step);
    if (result.code !== 0) return result;
  }
  return { code: 0, output: "" };
}

/** What `mimolo new` says to type, for an agent in TypeScript and a plugin in JavaScript, another kind each day: installed from the
 *  tarballs in place of the registry, packed by its author, run by its user; the first step that fails is what comes back. All thirty
 *  pairs, of all languages, are for packages/control-cli/test/process/new.test.ts. */
async function beginPlugins(elsewhere, tarballs) {
  const within = join(elsewhere, "begun");
  mkdirSync(within);
  const command = join(within, "node_modules", "mimolo", "bin", "mimolo.js");
  const dataDir = join(within, "data");
  const npm = (args, cwd) => run(process.execPath, [npmCommand(), ...args], { quiet: true, cwd });
  const env = { HOME: join(within, "home") };
  const mimolo = (words, cwd) =>
    run(process.execPath, [command, ...withData(words, dataDir)], { quiet: true, cwd, env });
  const tools = ["esbuild@^0.28.0", "typescript@^5.9.0", "@types/node@^20.19.0"];
  writeFileSync(join(within, "package.json"), '{ "name": "begun", "private": true }\n');
  const installed = await npm(["install", "--no-audit", "--no-fund", ...tarballs, ...tools], within);
  if (installed.code !== 0) return installed;
  const key = await mimolo(["key", "new", "--scope", "acme.*"], within);
  if (key.code !== 0) return key;
  const kinds = ["agent", "monitor", "action", "trigger", "reporter"];
  const today = kinds[Math.floor(Date.now() / 86_400_000) % kinds.length];
  /** What npx would look up lies here. */
  const typed = (line, words, cwd) => {
    if (words[0] === "npm") return npm(words.slice(1), cwd);
    if (words[0] === "npx") return mimolo(words.slice(words.indexOf("mimolo") + 1), cwd);
    return run("sh", ["-c", line], { quiet: true, cwd, env });
  };
  const begin = async ([kind, language]) => {
    const name = `${language}-${kind}`;
    const made = await mimolo(["new", kind, name, "--lang", language, "--id", `acme.${name}`, "--json"], within);
    if (made.code !== 0) return made;
    const { path, next } = JSON.parse(made.stdout);
    let cwd = path;
    for (const line of next) {
      const bare = line.replaceAll(/['"]/g, "").split(" ");
      const words = bare.map((word) => word.replace("$HOME", env.HOME));
      if (line === "npm install" || line.includes(" key new ")) continue;
      // One of the SDK's is judged here.
      if (line.includes(" conform ") && language !== "ts") continue;
      if (line === "cd ..") {
        cwd = within;
        continue;
      }
      const done = await typed(line, words, cwd);
      if (done.code !== 0) return { ...done, output: `${name}: ${line}\n${done.output}` };
    }
    return made;
  };
  const pairs = [
    ["agent", "ts"],
    [today, "js"],
  ];
  const failed = (await Promise.all(pairs.map(begin))).find(({ code }) => code !== 0);
  if (failed !== undefined) return failed;
  const named = pairs.map(([kind, language]) =>
    labelled(`${language}-${kind}`, `plugin = "acme.${language}-${kind}"\n`),
  );
  writeFileSync(join(within, "mimolo.toml"), named.join(""));
  const ran = await mimolo(["run", "--config", "mimolo.toml", "--for", "5s", "--no-dashboard"], within);
  const { stdout } = await mimolo(["evidence", "--json", "--kind", "message"], within);
  const isSeen = pairs.every(([kind, language]) =>
    stdout
      .split("\n")
      .some((line) => line.includes(`"plugin_id":"acme.${language}-${kind}"`) && line.includes('"trust":"trusted"')),
  );
  return isSeen ? { code: 0, output: "" } : { ...ran, code: 1, output: `${ran.output}\n${stdout}` };
}

/** `--data-dir` before the command of another program. */
function withData(words, dataDir) {
  const end = words.indexOf("--");
  return words.toSpliced(end === -1 ? words.length : end, 0, "--data-dir", dataDir);
}

function labelled(label, keys) {
  return `[plugins.${label}]\n${keys}agent_flush_interval_s = 1\n`;
}

/** How many summaries of this agent count ticks under this trust. */
function ticksOf({ stdout }, label, trust) {
  const records = stdout.split("\n").filter((line) => line.includes('"ticks":'));
  return records.filter((line) => line.includes(`"agent_label":"${label}"`) && line.includes(`"trust":"${trust}"`))
    .length;
}

function both(first, second) {
  return { code: first.code || second.code, output: `${first.output}\n${second.output}` };
}
