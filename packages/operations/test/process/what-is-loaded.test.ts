import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const host = fileURLToPath(new URL("hosts/loads.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mimolo-loads-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of the control API alone. */
const libraries = ["@fastify/static", "@fastify/swagger", "fastify", "fastify-type-provider-zod", "prom-client", "ws"];

interface Told {
  readonly address: string | null;
  readonly http: string | null;
  readonly health?: number;
  readonly metrics?: number;
  readonly atRest: string[];
  readonly asked?: string[];
  readonly scraped?: string[];
}

async function told(control: "on" | "off"): Promise<Told> {
  const { stdout } = await promisify(execFile)(process.execPath, [host, join(folder, control), control]);
  return JSON.parse(stdout) as Told;
}

const ofApi = (loaded: readonly string[] = []) => libraries.filter((name) => loaded.includes(name));

test("without a control API nothing of it is opened, loaded or written", async () => {
  const { address, http, atRest } = await told("off");
  expect({ address, http, atRest: ofApi(atRest) }).toEqual({ address: null, http: null, atRest: [] });
  expect(existsSync(join(folder, "off", "control", "token"))).toBe(false);
});

test("with one, each library is loaded by the first who needs it", async () => {
  const { health, metrics, atRest, asked, scraped } = await told("on");
  expect({ health, metrics }).toEqual({ health: 200, metrics: 200 });
  expect(ofApi(atRest)).toEqual([]);
  expect(ofApi(asked)).toEqual(["fastify"]);
  expect(ofApi(scraped)).toEqual(["fastify", "prom-client"]);
});
