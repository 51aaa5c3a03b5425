// A collector with a bit of everything in it, and nothing in it that moves by itself.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Collector } from "../../../src/collector.ts";
import { type ConfigReader, createCollector, loadConfig } from "../../../src/index.ts";
import type { BuiltinPlugin } from "@mimolo/protocol";
import { DeskScene, type PluginLines } from "../../trust/desk-scene.ts";
import type { Known } from "./asking/fitting.ts";
import { type Place, send } from "./sending.ts";

const fixture = (name: string) =>
  realpathSync(fileURLToPath(new URL(`../../fixtures/agents/${name}.mjs`, import.meta.url)));

/** What is written in the background whatever is asked: diagnostics, figures of use, that it is still alive, and what it
 *  signs of what was there before. */
const moving = /^data\/(diagnostics|control|plugins\/staging|state\/(alive|telemetry))(\/|$)|checkpoints\.json|\.new$/;

/** Longer than anything waits that a collector does of itself after its start. */
const QUIET_MS = 2_000;

/** Keys that keep an agent from doing anything of itself, and the collector from doing anything to it. */
const still = ["agent_flush_interval_s = 3600", "cpu_budget_percent = 10"];

export class World {
  readonly scene = new DeskScene();
  readonly file = join(this.scene.folder, "mimolo.toml");
  readonly #builtins: readonly BuiltinPlugin[];
  #collector: Collector | undefined;

  /** `builtins`: ids of built-in plugins that it knows and runs, `mimolo.system-load` as `system-load`. */
  constructor({ builtins = [] }: { builtins?: readonly string[] } = {}) {
    this.#builtins = builtins.map(builtin);
  }

  get collector(): Collector {
    if (this.#collector === undefined) throw new Error("it has not begun");
    return this.#collector;
  }

  async begin(): Promise<void> {
    await this.scene.trustAuthor();
    const acts = readFileSync(fixture("acts"), "utf8");
    await this.scene.install(await this.scene.packed({ id: "acme.acts", program: acts }), { grants: [] });
    const waits = await this.scene.packed({ id: "acme.waits", program: acts, capabilities: ["subprocess"] });
    await this.scene.install(waits, { mayWait: true });
    writeFileSync(this.file, this.#toml());
    const load: ConfigReader["load"] = (texts) => ({ config: this.#config(texts) });
    const collector = await createCollector({
      dataDir: this.scene.root,
      cwd: this.scene.folder,
      allow: [fixture("notes-its-commands")],
      builtins: this.#builtins,
      query: () => Promise.resolve([{ one: 1 }]),
      config: this.#config(),
      reload: { load },
      control: { port: 0 },
    });
    this.#collector = collector;
    const running = new Set<string>();
    const up = new Promise<void>((resolve) => {
      collector.on("agent:state", ({ label, state }) => {
        if (state === "running" && running.add(label).size === 2 + this.#builtins.length) resolve();
      });
    });
    await collector.start();
    await up;
    await this.quiet();
  }

  /** Until all that was brought about is written down. */
  async quiet(): Promise<void> {
    let seen = this.state();
    let sinceMs = performance.now();
    while (performance.now() - sinceMs < QUIET_MS) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      const now = this.state();
      if (changesBetween(seen, now).length > 0) sinceMs = performance.now();
      seen = now;
    }
  }

  /** Brings in a package by the author who is trusted; what it asks for waits to be granted. */
  async install(lines: PluginLines): Promise<void> {
    const body = JSON.stringify({ path: await this.scene.packed(lines) });
    const target = `/api/v1/plugins/${lines.id ?? "acme.x"}/install`;
    const headers = { "content-type": "application/json" };
    const { status, text } = await send(this.socket, { method: "POST", target, headers, body });
    if (status !== 201) throw new Error(text);
  }

  async end(): Promise<void> {
    await this.#collector?.stop({ hurry: true });
    this.scene.remove();
  }

  get socket(): Place {
    return { over: "socket", path: this.collector.address ?? "" };
  }

  /** The loopback port, with the token that may do everything or with another; `null`: with none. */
  tcp(token: string | null = this.#adminToken()): Place {
    return { over: "tcp", port: Number(new URL(this.collector.http ?? "").port), token };
  }

  #adminToken(): string {
    return readFileSync(join(this.scene.root, "control", "token"), "utf8").trim();
  }

  get known(): Known {
    const keys = this.scene.author.keyId;
    return {
      label: ["work", "acts", "blocked"],
      id: ["acme.acts", "acme.waits", keys],
      plugin_id: ["acme.acts", "acme.waits"],
      agent: ["work"],
      to: ["acme.acts"],
      seq: [1, 2, 3, 4],
      key_id: [keys],
      interface: ["action"],
      method: ["execute"],
    };
  }

  /** Everything that a request could change, as one text per thing. */
  state(): Record<string, string> {
    const files = filesBelow(this.scene.folder).map((path): [string, string] => [
      relative(this.scene.folder, path),
      digestOf(path),
    ]);
    const agents = this.collector.status().agents.map((agent): [string, string] => {
      const { label, state, condition, run_id: run, granted, plugin_id: id } = agent;
      return [`agent ${label}`, JSON.stringify({ state, condition, run, granted, id })];
    });
    return Object.fromEntries([...files.filter(([path]) => !moving.test(path)), ...agents]);
  }

  #config(texts?: ReadonlyMap<string, string>) {
    return loadConfig({
      cwd: this.scene.folder,
      env: {},
      configFile: this.file,
      userConfigDir: join(this.scene.folder, "none"),
      globalFile: join(this.scene.folder, "none.toml"),
      builtins: this.#builtins,
      ...(texts && { texts }),
    });
  }

  #toml(): string {
    const notes = join(this.scene.folder, "notes.txt");
    return [
      "[plugins.work]",
      'executable = "node"',
      `args = ${JSON.stringify([fixture("notes-its-commands"), notes])}`,
      ...still,
      "[plugins.acts]",
      'plugin = "acme.acts"',
      ...still,
      "[plugins.blocked]",
      'executable = "/bin/sh"',
      ...this.#builtins.flatMap(({ plugin_id: id, default_label: label }) => [
        `[plugins.${label}]`,
        `plugin = "${id}"`,
        ...still,
      ]),
      "[[rules]]",
      'name = "none"',
      'when = { source = "event", event = "never" }',
      'do = { plugin = "acts", params = {} }',
      "",
    ].join("\n");
  }
}

/** The names of what came, went or is another. */
export function changesBetween(before: Record<string, string>, after: Record<string, string>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]);
}

/** One that acts, and has the settings of no other. */
function builtin(id: string): BuiltinPlugin {
  const entry = fixture("acts");
  return {
    plugin_id: id,
    name: id,
    version: "1.0.0",
    type: "action",
    description: "Acts.",
    entry,
    sha256: createHash("sha256").update(readFileSync(entry)).digest("hex"),
    interfaces: ["action"],
    capabilities: [],
    permissions: [],
    defaults: { watch_dirs: [] },
    default_label: id.slice(id.indexOf(".") + 1),
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

function digestOf(path: string): string {
  return existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("base64url") : "gone";
}
