// Plugins that somebody writes while a collector runs them.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LogLine } from "@mimolo/protocol";
import type { Collector } from "../../src/collector.ts";
import { type CollectorOptions, createCollector, loadConfig, openArchive } from "../../src/index.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/plugins/${name}`, import.meta.url));

/** What a version of a plugin is made of. */
export interface Written {
  readonly version?: string;
  readonly source?: string;
  /** More of `plugin.toml`. */
  readonly more?: string;
}

/** A data directory with plugins being written in it, and the collectors of one test. */
export class LivePlugins {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "mimolo live ")));
  readonly data = join(this.root, "data");
  readonly said: LogLine[] = [];
  readonly #running: Collector[] = [];

  constructor() {
    mkdirSync(join(this.root, "project"));
  }

  /** The folder of a plugin in `plugins/dev`, with this in it. */
  write(id: string, { version = "1.0.0", source = "tells-its-life.mjs", more = "" }: Written = {}): string {
    const folder = join(this.data, "plugins", "dev", id);
    mkdirSync(folder, { recursive: true });
    const main = source.endsWith(".mjs") ? readFileSync(fixture(source), "utf8") : source;
    writeFileSync(join(folder, "main.mjs"), main.replaceAll("VERSION", version));
    const head = `[plugin]\nid = "${id}"\nname = "Live"\nversion = "${version}"\ntype = "agent"\nentry = "main.mjs"\n`;
    writeFileSync(join(folder, "plugin.toml"), `${head}${more}`);
    return folder;
  }

  async collector(toml: string, more: Partial<CollectorOptions> = {}): Promise<Collector> {
    const file = join(this.root, "project", "mimolo.toml");
    writeFileSync(file, toml);
    const load = () => ({
      config: loadConfig({
        cwd: join(this.root, "project"),
        env: {},
        configFile: file,
        userConfigDir: join(this.root, "none"),
        globalFile: join(this.root, "none.toml"),
      }),
    });
    const options = { dataDir: this.data, cwd: join(this.root, "project"), dev: true, reload: { load }, ...load() };
    const collector = await createCollector({ ...options, ...more });
    collector.on("log", (line) => this.said.push(line));
    this.#running.push(collector);
    return collector;
  }

  /** The same, once all of its agents are active. */
  async started(toml: string, more: Partial<CollectorOptions> = {}): Promise<Collector> {
    const collector = await this.collector(toml, more);
    const active = new Set<string>();
    collector.on("plugin:activated", ({ plugin_id: id }) => active.add(id));
    await collector.start();
    const isUp = ({ plugin_id: id, state }: { plugin_id: string; state: string }) =>
      active.has(id) || state === "blocked";
    await this.until(() => collector.status().agents.every(isUp));
    return collector;
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** What the agents told in summaries, in the order it was kept. */
  async told(label: string): Promise<string[]> {
    const told: string[] = [];
    for await (const { record } of openArchive(this.data).evidence({ kind: "message" })) {
      if (record.kind !== "message" || record.agent_label !== label) continue;
      const { data } = record.message as { data?: { version?: string; what?: string } };
      told.push(`${data?.version} ${data?.what}`);
    }
    return told;
  }

  async end(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((collector) => collector.stop({ hurry: true })));
    rmSync(this.root, { recursive: true, force: true });
  }
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** One request over the control socket. */
export function call(collector: Collector, method: string, path: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const place = { socketPath: collector.address ?? "", method, path: `/api/v1${path}`, headers };
    const sent = request(place, (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, body: JSON.parse(text) as Answer["body"] }));
    });
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
