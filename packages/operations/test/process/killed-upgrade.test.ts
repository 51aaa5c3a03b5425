import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { readTrust } from "@mimolo/trust";
import { checkFolder } from "@mimolo/trust/package";
import { expect, test, vi } from "vitest";
import { createCollector, dataDirectory, openArchive } from "../../src/index.ts";
import { readDecisions } from "../../src/trust/index.ts";
import { type DeskScene, deskScene } from "../trust/desk-scene.ts";
import { textOf } from "./live-trust.ts";
import { steps } from "./some-steps.ts";

const host = fileURLToPath(new URL("hosts/upgrades-and-dies.mjs", import.meta.url));
const plugins = { mail: { plugin: "acme.x", heartbeat_interval_s: 0.5 } };
/** Here some of well over a hundred steps, and others tomorrow; `npm run kills` takes more. */
const { first, stride } = steps(40);

interface Death {
  readonly root: string;
  /** The HTTP status when it got through; null when it died. */
  readonly done: number | null;
  readonly pids: ReadonlySet<number>;
}

async function diesAt(step: number, from: DeskScene, path: string): Promise<Death> {
  const root = join(from.folder, `step-${step}`);
  cpSync(from.root, root, { recursive: true });
  const child = spawn(process.execPath, [host, root, String(step), path], { stdio: ["ignore", "pipe", "inherit"] });
  const pids = new Set<number>();
  let done: number | null = null;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const said = JSON.parse(line) as { pid?: number; done?: number };
    if (said.pid !== undefined) pids.add(said.pid);
    if (said.done !== undefined) done = said.done;
  });
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  expect(done === null ? signal : code).toBe(done === null ? "SIGKILL" : 0);
  return { root, done, pids };
}

/** Starts a collector anew after a death; resolves to the version that it runs. */
async function startsWith({ root, pids }: Death): Promise<string> {
  const directory = dataDirectory(root);
  const collector = await createCollector({ dataDir: root, cwd: root, plugins });
  const runs = new Promise<void>((resolve) => {
    collector.on("agent:state", ({ state }) => state === "running" && resolve());
  });
  await collector.start();
  try {
    await runs;
    const [agent] = collector.status().agents;
    expect(agent).toMatchObject({ plugin_id: "acme.x", state: "running", verdict: "trusted" });
    // What a dead collector left was ended; whoever adopted it may take a moment to bury it.
    for (const pid of pids)
      if (pid !== agent?.pid) await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), 10_000);
    const { installed, problems } = readDecisions(directory);
    expect(problems).toEqual([]);
    const [plugin] = installed;
    if (plugin === undefined) throw new Error("nothing is installed");
    expect(checkFolder(plugin.folder, plugin.manifest)).toMatchObject({ ok: true });
    expect(readdirSync(join(directory.store, "acme.x"))).toEqual([basename(plugin.folder)]);
    expect(existsSync(directory.staging) ? readdirSync(directory.staging) : []).toEqual([]);
    return plugin.version;
  } finally {
    await collector.stop({ hurry: true });
  }
}

/** Every launch of a package is of a digest that was put on record as installed before; what was denied since is launched no
 *  more. */
async function expectTrueRecord(root: string, version: string): Promise<void> {
  const known = new Map<string, boolean>();
  const versions = new Map<string, string>();
  for await (const { action, subject, detail } of openArchive(root).audit()) {
    if (typeof detail !== "object") continue;
    const { digest, version: of } = detail as { digest?: string; version?: string };
    if (action === "install" && digest !== undefined) {
      known.set(digest, true);
      versions.set(`acme.x ${of}`, digest);
    }
    if (action === "launch") expect(known.get(digest ?? ""), `${digest} at ${root}`).toBe(true);
    if (action === "deny" && detail["reason"] === "rolled-back") known.set(versions.get(subject) ?? "", false);
  }
  const [entry] = readTrust(dataDirectory(root).trustFile).allow;
  expect(entry).toMatchObject({ version });
  expect(known.get(entry?.digest ?? "")).toBe(true);
  expect([...known.values()].filter((holds) => holds)).toHaveLength(version === "1.0.0" ? 1 : 2);
  expect((await openArchive(root).verify()).ok).toBe(true);
}

test.each([
  ["works", textOf("reports-work"), 201, "1.1.0"],
  ["is broken", "process.exit(3);", 409, "1.0.0"],
])(
  "a collector killed on its way to a version that %s runs the old version at the next start, or the new one once it held",
  async (_, program, status, after) => {
    const scene = deskScene();
    await scene.trustAuthor();
    await scene.install(await scene.packed({ program: textOf("reports-work") }));
    const path = await scene.packed({ version: "1.1.0", program });
    const seen = new Set<string>();
    let deaths = 0;
    let step = first;
    for (let isDone = false; !isDone; step += stride) {
      const death = await diesAt(step, scene, path);
      const version = await startsWith(death);
      expect(["1.0.0", after]).toContain(version);
      await expectTrueRecord(death.root, version);
      if (death.done !== null) expect({ status: death.done, version }).toEqual({ status, version: after });
      isDone = death.done !== null;
      if (!isDone) deaths++;
      seen.add(version);
      rmSync(death.root, { recursive: true, force: true });
    }
    expect(step).toBeGreaterThan(80);
    expect(deaths).toBeGreaterThan(1);
    expect(seen).toEqual(new Set(["1.0.0", after]));
  },
  600_000,
);
