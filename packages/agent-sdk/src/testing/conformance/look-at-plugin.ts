// What a plugin's folder says, as a recording: so that a release can be judged again without the folder.
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative, resolve, sep } from "node:path";
import { asError } from "../../as-error.ts";
import { readPluginFolder } from "../run-plugin-tests/plugin-folder.ts";
import type { Pack, Recording } from "./recording.ts";

export const PLUGIN_FOLDER = "plugin-folder";
const MOST_FILES = 2000;
const NOT_ITS_OWN = /(?:^|\/)(?:node_modules|\.git|target|__pycache__)(?:\/|$)/;

/** `packs`: what packing the folder gave, where somebody packed it. */
export async function lookAtPlugin(dir: string, packs?: readonly Pack[]): Promise<Recording> {
  const folder = resolve(dir);
  const { manifest, faults, configSchema } = await readPluginFolder(folder, {});
  const files = await filesOf(folder);
  return {
    scenario: PLUGIN_FOLDER,
    lines: [],
    marks: [
      {
        at_ms: 0,
        after: 0,
        what: "plugin-folder",
        faults,
        manifest: manifest === null ? null : { ...manifest },
        files,
        ...(configSchema === null ? {} : { unfit_defaults: await unfit(configSchema, manifest?.defaults) }),
        ...(packs === undefined ? {} : { packs }),
      },
    ],
  };
}

/** What is lacking is no fault: the user sets it. */
async function unfit(schema: object, defaults: unknown): Promise<readonly string[]> {
  const { Ajv } = createRequire(import.meta.url)("ajv") as typeof import("ajv");
  // As a collector reads it: whatever draft it names.
  const reading = { strict: false, meta: false, validateSchema: false, validateFormats: false } as const;
  const ajv = new Ajv({ ...reading, allErrors: true, ownProperties: true, logger: false });
  try {
    const fits = ajv.compile(schema);
    fits(defaults ?? {});
    const wrong = (fits.errors ?? []).filter(({ keyword }) => keyword !== "required");
    return wrong.map(
      ({ instancePath, message }) => `defaults${instancePath.replaceAll("/", ".")} ${message ?? "does not fit"}`,
    );
  } catch (error) {
    return [`its config_schema is no JSON Schema: ${asError(error).message}`];
  }
}

async function filesOf(folder: string): Promise<string[]> {
  const found: string[] = [];
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined && found.length < MOST_FILES; next = waiting.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      const path = join(next, entry.name);
      const name = relative(folder, path).split(sep).join("/");
      if (NOT_ITS_OWN.test(name)) continue;
      if (entry.isDirectory()) waiting.push(path);
      else found.push(name);
    }
  }
  return found.toSorted();
}
