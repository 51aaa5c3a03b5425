// One data directory with a collector and four durable agents under load; what the faults are done to.
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startCollector, verb } from "../collector.mjs";
import { writeConfig } from "../neighbours.mjs";
import { killMarked, memoryOf } from "../processes.mjs";
import { Promises } from "./promises.mjs";

const agents = join(import.meta.dirname, "../agents");
const withPorts = join(import.meta.dirname, "collector-with-ports.mjs");
const SETTLE_MS = 60_000;
/** Until everybody has seen that there is no more to do, and sent what they had. */
const QUIET_MS = 400;
const LOOK_MS = 80;
export const LABELS = ["sdk", "monitor", "raw_a", "raw_b"];

export class World {
  collector = /** @type {import("../collector.mjs").Collector | null} */ (null);
  rssMaxMib = 0;
  /** What had been sent when the load was last taken off. */
  due = /** @type {ReadonlySet<string>} */ (new Set());
  #ports = false;
  #moved = 0;

  /**
   * @param {string} folder @param {string} mark
   * @param {{within?: readonly string[], seenAt?: string, forgets?: boolean}} [options] as of `startCollector`
   */
  constructor(folder, mark, { within = [], seenAt = "" } = {}) {
    mkdirSync(join(folder, "notes"), { recursive: true });
    this.folder = folder;
    this.mark = mark;
    this.within = within;
    this.seenAt = seenAt;
    this.dataDir = join(folder, "data");
    this.load("quiet");
    const configured = LABELS.map((label) => ({
      label,
      executable: process.execPath,
      args: [join(agents, `durable-${label.split("_")[0]}.mjs`)],
      settings: {
        notes: this.notes(label),
        load: join(folder, "load"),
        label,
        heartbeat_ms: 1_000,
        per_look: label === "monitor" ? 4 : 2,
      },
      // The SDK's agent speaks when it is asked; the others have enough to say by themselves.
      keys: { agent_flush_interval_s: label === "sdk" ? 0.5 : 60, cpu_budget_percent: 90, memory_mib: 400 },
    }));
    this.config = writeConfig(folder, mark, configured);
    this.promises = new Promises(LABELS.map((label) => ({ label, notes: this.notes(label) })));
  }

  /** @param {string} label */
  notes = (label) => join(this.folder, "notes", `${label}.jsonl`);

  /** The data directory as we see it. */
  get files() {
    return this.seenAt + this.dataDir;
  }

  /** What the agents do from now on: quiet, steady, burst. @param {string} word */
  load(word) {
    const file = join(this.folder, "load");
    writeFileSync(`${file}.new`, word === "burst" ? `burst ${Date.now()}` : word);
    renameSync(`${file}.new`, file);
  }

  /** Puts the load on and waits for the first summary under it: how soon that comes is the machine's affair, and a fault that
   *  strikes before anything was promised shows nothing. @param {string} word */
  async busy(word) {
    const before = this.promises.look().sent.size;
    this.load(word);
    for (const untilMs = Date.now() + SETTLE_MS; this.promises.look().sent.size === before; await sleep(20)) {
      await this.#areUp();
      if (Date.now() > untilMs) throw new Error(`no agent sent anything within ${SETTLE_MS / 1000} s of load`);
    }
  }

  /** @param {{ports?: boolean}} [how] with the collector whose disk and clock can be set */
  async start({ ports = false } = {}) {
    const { folder, mark, config, dataDir, within, seenAt } = this;
    const program = ports ? { program: withPorts } : {};
    this.collector = await startCollector({ folder, mark, config, dataDir, within, seenAt, ...program });
    this.#ports = ports;
    return this.collector;
  }

  /** The running one, or another. @param {{ports?: boolean}} how */
  async running({ ports }) {
    if (this.collector !== null && (ports === undefined || ports === this.#ports)) return this.collector;
    await this.stop();
    return await this.start({ ports: ports ?? false });
  }

  async stop() {
    const ended = await this.#let((collector) => collector.stop());
    if (ended !== null && ended.code !== 0 && ended.code !== 130)
      throw new Error(`the collector ended with ${ended.code ?? ended.signal}`);
  }

  /** kill -9 of the collector alone; resolves once it is dead. */
  async kill() {
    await this.#let(async (collector) => {
      collector.kill();
      await collector.exited;
    });
  }

  /** kill -9 of everything at once; resolves once nothing of it lives. */
  async killAll() {
    await this.#let(async (collector) => {
      collector.kill();
      killMarked(this.mark);
      await collector.exited;
    });
    for (let left = 1; left > 0; await sleep(20)) left = killMarked(this.mark).filter(isAgent).length;
  }

  async #let(/** @type {(collector: import("../collector.mjs").Collector) => Promise<any>} */ end) {
    const { collector } = this;
    if (collector === null) return null;
    this.rssMaxMib = Math.max(this.rssMaxMib, memoryOf(collector.pid).peakMib);
    this.collector = null;
    return await end(collector);
  }

  /** Another place for everything. */
  move() {
    const to = join(this.folder, `moved-${++this.#moved}`);
    renameSync(this.dataDir, to);
    this.dataDir = to;
  }

  /** What the ledger must hold by now; what was sent a moment ago by an agent that speaks when asked is due next time. */
  owed() {
    const { promises, due } = this;
    return [...promises.look().sent.keys()].filter((key) => due.has(key) || promises.isSettled(key));
  }

  /** The folders the agents own, by label. @returns {Record<string, string>} */
  spools() {
    const root = join(this.files, "data/agents");
    const folders = /** @type {Record<string, string>} */ ({});
    for (const label of LABELS) {
      const plugin = join(root, `local.${label.replaceAll("_", "-")}`);
      const [instance] = existsSync(plugin) ? readdirSync(plugin) : [];
      if (instance !== undefined) folders[label] = join(plugin, instance, "spool");
    }
    return folders;
  }

  /** The agents' processes, by label. @returns {Promise<any[]>} */
  async agents() {
    return (await this.collector?.status())?.agents ?? [];
  }

  /** Stops the load and waits until everything sent by then is settled; answers what is wrong. What the fault excused is not
   *  owed: the round must owe something all the same, so somebody has to speak after it. */
  async settle() {
    await this.busy("steady");
    this.load("quiet");
    await sleep(QUIET_MS);
    this.due = new Set(this.promises.look().open());
    const untilMs = Date.now() + SETTLE_MS;
    for (;;) {
      const open = this.promises
        .look()
        .open()
        .filter((key) => this.due.has(key));
      const areUp = await this.#areUp();
      if (open.length === 0 && areUp) return [];
      if (Date.now() > untilMs) {
        const states = (await this.agents())
          .map(({ label, state, health }) => `${label} ${state} ${health}`)
          .join(", ");
        return [`${open.length} summaries are not settled after ${SETTLE_MS / 1000} s, ${open[0]}; ${states}`];
      }
      await sleep(LOOK_MS);
    }
  }

  /** All four run; who died too often of our doing is forgiven. */
  async #areUp() {
    const all = await this.agents();
    for (const { label, state } of all)
      if (state === "quarantined") await this.collector?.agent(label, "restart").catch(() => undefined);
    return all.length > 0 && all.every(({ state }) => state === "running");
  }

  /** @param {string[]} args @param {(line: string) => void} line */
  verb(args, line) {
    return verb(this.folder, args, line, { dataDir: this.dataDir, within: this.within });
  }
}

/** @param {{label: string}} process */
function isAgent({ label }) {
  return label !== "";
}

/** @param {string} from @param {string} to */
export function keepCopy(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of existsSync(from) ? readdirSync(from) : []) {
    try {
      copyFileSync(join(from, name), join(to, name));
    } catch {
      // A file that went while it was copied; a backup has holes like that.
    }
  }
}
