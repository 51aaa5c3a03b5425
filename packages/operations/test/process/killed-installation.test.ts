import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { deskScene } from "../trust/desk-scene.ts";

const host = fileURLToPath(new URL("hosts/dies-while-installing.mjs", import.meta.url));

/** What a start finds after an installation that died before one of its steps. */
interface Found {
  readonly step: number;
  /** The step it died before; null for one that got through. */
  readonly died: string | null;
  readonly version: string | null;
  readonly intact: boolean;
  readonly left: number;
  readonly sound: boolean;
  readonly installs: number;
}

async function deaths(args: readonly string[]): Promise<Found[]> {
  const child = spawn(process.execPath, [host, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const found: Found[] = [];
  for await (const line of createInterface({ input: child.stdout })) found.push(JSON.parse(line) as Found);
  return found;
}

test("an update that is killed before any of its steps leaves the old version or the new one, whole", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  await scene.install(await scene.packed({ capabilities: ["filesystem"] }), { grants: "all" });
  const update = await scene.packed({ version: "1.1.0", capabilities: ["filesystem", "display"] });
  const found = await deaths([scene.root, update, scene.folder]);
  expect(found.length).toBeGreaterThan(20);
  for (const { installs, ...each } of found) {
    expect(each).toMatchObject({ intact: true, left: 0, sound: true });
    expect(["1.0.0", "1.1.0"]).toContain(each.version);
    // The record comes first: it may tell of an installation that was not finished, never miss one that was.
    expect(installs).toBeGreaterThanOrEqual(each.version === "1.1.0" ? 2 : 1);
  }
  expect(found.at(-1)).toMatchObject({ died: null, version: "1.1.0", installs: 2 });
  expect(new Set(found.map(({ version }) => version)).size).toBe(2);
}, 120_000);
