import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AgentConfig, type Collector, type CollectorOptions, createCollector } from "@mimolo/operations";
import type { BrowserContext, Page } from "playwright-core";
import { page as pageFolder } from "../../../src/index.ts";
import { launchBrowser, open, visit, visitIn, type Visitor } from "../browser/visitor.ts";

/** The file of an agent by what it does. */
export function agentFile(name: string): string {
  return fileURLToPath(new URL(`../agents/${name}.mjs`, import.meta.url));
}

export interface StageOptions {
  /** Agents by label: what each does. */
  readonly agents?: Readonly<Record<string, string>>;
  /** Writes what lies there before the collector starts. */
  readonly before?: (dataDir: string) => Promise<unknown>;
  readonly config?: CollectorOptions["config"];
  /** What the collector is made of beside that. */
  readonly more?: Partial<CollectorOptions>;
  /** A browser of one's own, which is closed with the stage. */
  readonly browser?: BrowserContext;
}

/** A collector with agents, in this process, and somebody who looks at its page. */
export interface Stage {
  readonly collector: Collector;
  readonly dataDir: string;
  readonly visitor: Visitor;
  readonly page: Page;
  /** Goes to an address within the page, as `evidence?kind=gap`. */
  to(address: string): Promise<void>;
  /** Asks the API with the page's own token. */
  ask<Answer>(method: string, path: string, body?: object): Promise<Answer>;
  close(): Promise<void>;
}

const LOOKS = { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" } as const;

export async function openStage({
  agents = {},
  before,
  config,
  more = {},
  browser: own,
}: StageOptions = {}): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), "mimolo-view-"));
  await before?.(dataDir);
  const [browser, collector] = await Promise.all([
    own ?? launchBrowser(),
    start(dataDir, agents, { ...more, ...(config === undefined ? {} : { config }) }),
  ]);
  const visitor = await ("newContext" in browser ? visit(browser, LOOKS) : visitIn(browser));
  const { context, page } = visitor;
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: collector.http ?? "" });
  await open(page, await freshAddress(collector));
  return {
    collector,
    dataDir,
    visitor,
    page,
    async to(address) {
      await page.evaluate(`location.hash = ${JSON.stringify(`#/${address}`)}`);
    },
    async ask(method, path, body) {
      const said = JSON.stringify({ method, body: body === undefined ? undefined : JSON.stringify(body) });
      return await page.evaluate(`fetch("/api/v1${path}", { ...${said}, headers: {
        authorization: "Bearer " + localStorage.getItem("mimolo.token"), "content-type": "application/json",
      } }).then((reply) => reply.json())`);
    },
    async close() {
      await browser.close();
      await collector.stop({ hurry: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function start(dataDir: string, agents: Readonly<Record<string, string>>, more: Partial<CollectorOptions>) {
  const plugins = Object.entries(agents).map(([label, name]): [string, Partial<AgentConfig>] => [
    label,
    { executable: process.execPath, args: [agentFile(name)], agent_flush_interval_s: 3600 },
  ]);
  const collector = await createCollector({
    dataDir,
    allow: [...new Set(Object.values(agents).map(agentFile))],
    plugins: Object.fromEntries(plugins),
    control: { port: 0 },
    page: pageFolder,
    ...more,
  });
  const labels = new Set(Object.keys(agents));
  const running = new Promise<void>((resolve) => {
    if (labels.size === 0) resolve();
    collector.on("agent:state", ({ label, state }) => {
      if (state === "running") labels.delete(label);
      if (labels.size === 0) resolve();
    });
  });
  await collector.start();
  await running;
  return collector;
}

/** The page's address with a code that is good once. */
function freshAddress({ address }: Collector): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { socketPath: address ?? "", method: "POST", path: "/api/v1/login/code" };
    const asked = request({ ...options, headers: { "content-type": "application/json" } }, (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      reply.on("end", () => resolve((JSON.parse(text) as { address: string }).address));
    });
    asked.on("error", reject).end(JSON.stringify({ scope: "admin" }));
  });
}
