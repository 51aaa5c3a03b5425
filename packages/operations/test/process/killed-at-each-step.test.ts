import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AuditEntry } from "@mimolo/protocol";
import { checkFolder } from "@mimolo/trust/package";
import { expect, test } from "vitest";
import { dataDirectory, openArchive } from "../../src/index.ts";
import { readDecisions, withTrustDesk } from "../../src/trust/index.ts";
import { type DeskScene, deskScene } from "../trust/desk-scene.ts";
import { steps } from "./some-steps.ts";

const host = fileURLToPath(new URL("hosts/dies-at-a-step.mjs", import.meta.url));

/** A command that changes what is installed, and what may be found after a death in it. */
interface Story {
  readonly name: string;
  readonly installs: readonly string[];
  readonly arguments: (packed: (version: string) => string) => readonly string[];
  /** The version that is there if it got through, or before that; null for none. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Here every fifth step, and others tomorrow; `npm run kills` takes each. */
const { first, stride } = steps(5);

const stories: readonly Story[] = [
  {
    name: "an update that is tried and healthy",
    installs: ["1.0.0"],
    arguments: (packed) => ["install", packed("1.1.0"), "healthy"],
    before: "1.0.0",
    after: "1.1.0",
  },
  {
    name: "an update that is tried and broken",
    installs: ["1.0.0"],
    arguments: (packed) => ["install", packed("1.1.0"), "broken"],
    before: "1.0.0",
    after: "1.0.0",
  },
  {
    name: "an update that nobody tries",
    installs: ["1.0.0"],
    arguments: (packed) => ["install", packed("1.1.0"), "never"],
    before: "1.0.0",
    after: "1.1.0",
  },
  {
    name: "a first installation",
    installs: [],
    arguments: (packed) => ["install", packed("1.1.0"), "healthy"],
    before: null,
    after: "1.1.0",
  },
  {
    name: "a removal",
    installs: ["1.0.0"],
    arguments: () => ["remove", "acme.x"],
    before: "1.0.0",
    after: null,
  },
];

/** What the next start finds. */
interface Found {
  readonly root: string;
  readonly version: string | null;
  readonly entries: readonly AuditEntry[];
  /** The digest of what "ran" on trial; null when nothing did. */
  readonly ran: string | null;
}

async function diesAt(
  step: number,
  from: DeskScene,
  args: readonly string[],
): Promise<{ root: string; isDone: boolean }> {
  const root = join(from.folder, `step-${step}`);
  cpSync(from.root, root, { recursive: true });
  const child = spawn(process.execPath, [host, root, String(step), `${root}.ran`, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  const isDone = said === "done\n" && code === 0;
  if (!isDone) expect({ code, signal }).toEqual({ code: null, signal: "SIGKILL" });
  return { root, isDone };
}

/** Starts anew after a death, and looks at what there is. */
async function foundIn(root: string): Promise<Found> {
  const directory = dataDirectory(root);
  await withTrustDesk(root, () => undefined);
  const { installed, broken, problems, fault } = readDecisions(directory);
  expect({ broken, problems, fault }).toEqual({ broken: [], problems: [], fault: null });
  const [plugin] = installed;
  // Exactly what is installed lies in the store, whole; nothing else lies anywhere.
  const store = readdirSync(directory.store).map((id) => [id, ...readdirSync(join(directory.store, id))]);
  expect(store).toEqual(plugin === undefined ? [] : [["acme.x", basename(plugin.folder)]]);
  if (plugin !== undefined) expect(checkFolder(plugin.folder, plugin.manifest)).toMatchObject({ ok: true });
  expect(existsSync(directory.staging) ? readdirSync(directory.staging) : []).toEqual([]);
  expect(readdirSync(directory.trust).filter((name) => name.endsWith(".new"))).toHaveLength(0);
  expect((await openArchive(root).verify()).ok).toBe(true);
  const entries: AuditEntry[] = [];
  for await (const entry of openArchive(root).audit()) entries.push(entry);
  const ran = existsSync(`${root}.ran`) ? readFileSync(`${root}.ran`, "utf8") : null;
  return { root, version: plugin?.version ?? null, entries, ran };
}

/** Whether the audit log says that this is installed: what was recorded last about it counts. */
function installedBy(entries: readonly AuditEntry[]): string | null {
  let version: string | null = null;
  let before: string | null = null;
  for (const { action, subject, detail } of entries) {
    if (typeof detail !== "object") continue;
    if (action === "install") [before, version] = [version, String(detail["version"])];
    if (action === "remove") [before, version] = [version, null];
    const isUndone = action === "deny" && detail["reason"] === "rolled-back";
    if (isUndone && (subject === `acme.x ${version}` || (version === null && subject === "acme.x"))) version = before;
  }
  return version;
}

test.each(stories)(
  "killed at any of its steps, $name leaves the old version or the new one, whole, and the record says which",
  async ({ installs, arguments: argumentsOf, before, after }) => {
    const scene = deskScene();
    await scene.trustAuthor();
    const files = new Map<string, string>();
    for (const version of ["1.0.0", "1.1.0"]) files.set(version, await scene.packed({ version }));
    for (const version of installs) await scene.install(files.get(version) ?? "");
    const args = argumentsOf((version) => files.get(version) ?? "");
    const seen = new Set<string | null>();
    let ran = 0;
    const look = async (step: number) => {
      const died = await diesAt(step, scene, args);
      const found = await foundIn(died.root);
      const at = `${died.root}: ${JSON.stringify(found.entries)}`;
      expect([before, after], at).toContain(found.version);
      expect(installedBy(found.entries), at).toBe(found.version);
      // Nothing runs that is not on record.
      const recorded = found.entries.map(({ detail }) => (typeof detail === "object" ? String(detail["digest"]) : ""));
      // Half of its digest is what it had written by then.
      const { ran: part } = found;
      if (part !== null)
        expect(
          recorded.some((digest) => digest.startsWith(part)),
          at,
        ).toBe(true);
      if (found.ran !== null) ran++;
      if (died.isDone) expect(found.version).toBe(after);
      seen.add(found.version);
      rmSync(died.root, { recursive: true, force: true });
      return died.isDone;
    };
    let step = first;
    for (let isDone = false; !isDone; step += 2 * stride) {
      isDone = (await Promise.all([look(step), look(step + stride)])).includes(true);
    }
    expect(step).toBeGreaterThan(before === null || after === null ? 8 : 20);
    expect(seen).toEqual(new Set([before, after]));
    if (args[2] === "healthy" && before !== null) expect(ran).toBeGreaterThan(stride === 1 ? 3 : 0);
  },
  600_000,
);
