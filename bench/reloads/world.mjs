// The plugins that are reloaded, the agents beside them, and the collector they all run in.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, startCollector, verb } from "../faults/collector.mjs";
import { neighbours } from "../faults/neighbours.mjs";

const agents = join(import.meta.dirname, "agents");

/** Who is reloaded. `packed` is installed and upgraded; the others lie in a folder where somebody writes them. */
export const subjects = /** @type {const} */ (["durable", "plain", "packed"]);
/** @typedef {typeof subjects[number]} Subject */

/** How a version does not come up. A plain one is taken for well once it has shaken hands. */
export const breaks = {
  durable: ["at-start", "at-work", "at-exit", "without-a-word"],
  plain: ["at-start", "at-exit"],
  packed: ["at-work", "at-exit", "at-start"],
};

/** @param {Subject} subject */
export const pluginId = (subject) => `load.${subject}`;

/** @param {string} folder @param {string} mark @param {number} rate summaries a second */
export async function beginWorld(folder, mark, rate) {
  const dataDir = join(folder, "data");
  for (const name of ["notes", "sources"]) mkdirSync(join(folder, name), { recursive: true });
  for (const subject of ["durable", "plain"]) write(/** @type {Subject} */ (subject), "1.0.0", "");
  await run(["key", "new", "--scope", "load.*"]);
  await run(["plugin", "install", await pack("1.0.0", ""), "--yes"]);
  const beside = neighbours(folder).filter(({ label }) => label === "raw" || label === "sdk");
  const config = join(folder, "mimolo.toml");
  writeFileSync(config, tomlOf(rate, beside));
  const collector = await startCollector({ folder, mark, config });
  const { socket } = JSON.parse(readFileSync(join(dataDir, "control/address.json"), "utf8"));

  return {
    dataDir,
    collector,
    neighbours: beside.map(({ label }) => label),
    /** @param {string} method @param {string} path @param {object} [body] */
    ask: (method, path, body) => ask(socket, method, path, body),
    write,
    pack,
    /** How many a subject promised, over all its versions. @param {Subject} subject */
    promised: (subject) => Number(ownFile(subject, "promised") || 0),
    /** @param {Subject} subject */
    isDone: (subject) => subject === "plain" || ownFile(subject, "done") !== "",
    /** Nothing more is promised. */
    enough() {
      for (const subject of subjects) {
        for (const own of ownFolders(subject)) writeFileSync(join(own, "enough"), "");
      }
    },
  };

  /** @param {Subject} subject @param {string} version @param {string} broken */
  function write(subject, version, broken) {
    const at = subject === "packed" ? join(folder, "sources", version) : join(dataDir, "plugins/dev", subject);
    mkdirSync(at, { recursive: true });
    const source = readFileSync(join(agents, subject === "plain" ? "plain.mjs" : "durable.mjs"), "utf8");
    writeFileSync(join(at, "main.mjs"), source.replace("__VERSION__", version).replace("__BREAKS__", broken));
    const head = `[plugin]\nid = "${pluginId(subject)}"\nname = "Load"\nversion = "${version}"\ntype = "agent"\n`;
    writeFileSync(join(at, "plugin.toml"), `${head}entry = "main.mjs"\n[plugin.limits]\ncpu_percent = 10\n`);
    return at;
  }

  /** The signed package of a version. @param {string} version @param {string} broken */
  async function pack(version, broken) {
    const source = write("packed", version, broken);
    const out = join(folder, `${pluginId("packed")}-${version}.mmpkg`);
    await run(["plugin", "pack", source, "--sign", "--out", out]);
    return out;
  }

  /** @param {string[]} args */
  async function run(args) {
    const said = /** @type {string[]} */ ([]);
    const code = await verb(folder, args, (line) => said.push(line));
    if (code !== 0) throw new Error(`mimolo ${args.join(" ")} ended with ${code}: ${said.join("\n")}`);
  }

  /** @param {Subject} subject */
  function ownFolders(subject) {
    const root = join(dataDir, "data/agents", pluginId(subject));
    return readdirSync(root).map((instance) => join(root, instance));
  }

  /** @param {Subject} subject @param {string} name */
  function ownFile(subject, name) {
    for (const own of ownFolders(subject)) {
      try {
        return readFileSync(join(own, name), "utf8");
      } catch {
        // Not written yet.
      }
    }
    return "";
  }
}

/** @typedef {Awaited<ReturnType<typeof beginWorld>>} World */

/** @param {number} rate @param {readonly import("../faults/neighbours.mjs").Configured[]} beside */
function tomlOf(rate, beside) {
  const loaded = subjects.map((subject) => ({
    label: subject,
    keys: { plugin: pluginId(subject), heartbeat_interval_s: 0.5, agent_flush_interval_s: 1, memory_mib: 200, rate },
  }));
  const others = beside.map(({ label, executable, args, settings, keys }) => ({
    label,
    keys: { executable, args, heartbeat_interval_s: 1, ...keys, ...settings },
  }));
  const table = ({ label, keys }) =>
    [`[plugins.${label}]`, ...Object.entries(keys).map(([key, value]) => `${key} = ${JSON.stringify(value)}`)].join(
      "\n",
    );
  const monitor = "[monitor]\nstartup_timeout_s = 3\nglobal_total_cpu_budget_percent = 90\nmessages_per_s = 0\n";
  return `${monitor}\n${[...loaded, ...others].map(table).join("\n\n")}\n`;
}
