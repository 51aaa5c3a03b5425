// A collector on a data directory where trust is changed, while it runs and while it does not.
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AgentStatus, LogLine } from "@mimolo/protocol";
import { onTestFinished } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { type AgentConfig, type CollectorOptions, createCollector } from "../../src/index.ts";
import { type DeskScene, deskScene } from "../trust/desk-scene.ts";

export class LiveTrust {
  readonly scene: DeskScene = deskScene();
  readonly said: LogLine[] = [];
  #collector: Collector | null = null;

  /** A script of the user's with the text of a fixture agent. */
  script(fixture: string, name = "my agent.mjs"): string {
    const path = join(this.scene.folder, name);
    writeFileSync(path, textOf(fixture));
    return path;
  }

  async start(plugins: Record<string, Partial<AgentConfig>>, more: Partial<CollectorOptions> = {}): Promise<Collector> {
    const collector = await createCollector({ dataDir: this.scene.root, cwd: this.scene.folder, plugins, ...more });
    this.#collector = collector;
    collector.on("log", (line) => this.said.push(line));
    onTestFinished(() => collector.stop({ hurry: true }));
    await collector.start();
    return collector;
  }

  agent(label: string): AgentStatus {
    const found = this.#collector?.status().agents.find((agent) => agent.label === label);
    if (found === undefined) throw new Error(`there is no ${label}`);
    return found;
  }

  /** Resolves with its status once that is so, by whatever change. */
  async until(label: string, holds: (agent: AgentStatus) => boolean): Promise<AgentStatus> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!holds(this.agent(label))) return;
        off();
        resolve();
      };
      const off = this.#collector?.on("agent:state", look) ?? (() => undefined);
      look();
    });
    return this.agent(label);
  }

  running(label: string): Promise<AgentStatus> {
    return this.until(label, ({ state }) => state === "running");
  }

  blocked(label: string): Promise<AgentStatus> {
    return this.until(label, ({ state }) => state === "blocked");
  }

  /** Changes trust over the control socket. */
  ask(method: "POST" | "DELETE" | "GET", path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = text === undefined ? {} : { "content-type": "application/json" };
    const socketPath = this.#collector?.address ?? "";
    return new Promise((resolve, reject) => {
      const sent = request({ socketPath, method, path: `/api/v1${path}`, headers }, (reply) => {
        let answer = "";
        reply.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
        reply.on("end", () =>
          resolve({ status: reply.statusCode ?? 0, body: answer === "" ? null : (JSON.parse(answer) as unknown) }),
        );
      });
      sent.on("error", reject).end(text);
    });
  }
}

export function textOf(fixture: string): string {
  return readFileSync(fileURLToPath(new URL(`../fixtures/agents/${fixture}.mjs`, import.meta.url)), "utf8");
}

/** A command that runs a script under this Node. */
export function nodeScript(path: string, more: Partial<AgentConfig> = {}): Partial<AgentConfig> {
  return { executable: process.execPath, args: [path], heartbeat_interval_s: 0.5, ...more };
}
