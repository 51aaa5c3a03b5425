// What is known of a plugin before anything of it runs.
import type { PluginAuthorFile } from "@mimolo/protocol";
import { join, resolve } from "node:path";
import { asError } from "../../as-error.ts";
import { plainText } from "../process/plain-file.ts";
import type { PluginTestOptions } from "./plugin-test-report.ts";

type Manifest = PluginAuthorFile["plugin"];

export interface PluginFolder {
  readonly dir: string;
  /** `null`: it could not be read; the faults say why. */
  readonly manifest: Manifest | null;
  readonly faults: readonly string[];
  /** The schema of its settings, from its file or as it stands; `null` where it has none or it cannot be read. */
  readonly configSchema: object | null;
}

/** Far more than anybody writes by hand. */
const MOST_BYTES = 4 * 1024 * 1024;
const FILES = ["plugin.toml", "mimolo-plugin.json"];
/** What a package says beside what its author wrote. */
const OF_PACKAGES = ["manifest_version", "files", "publisher", "created_at"];

/** Reads `plugin.toml`, or the manifest of an unpacked package, or what the options say in its place. */
export async function readPluginFolder(dir: string, options: PluginTestOptions): Promise<PluginFolder> {
  const folder = resolve(dir);
  const none = (fault: string): PluginFolder => ({ dir: folder, manifest: null, faults: [fault], configSchema: null });
  let written: unknown = options.plugin;
  try {
    written ??= await writtenIn(folder);
  } catch (error) {
    return none(asError(error).message);
  }
  // The schemas take zod along, which only this needs.
  const { PluginAuthorFile: Schema } = await import("@mimolo/protocol");
  const read = Schema.safeParse({ plugin: written });
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `[${path.join(".")}] ${message}`);
    return { dir: folder, manifest: null, faults, configSchema: null };
  }
  const { plugin: manifest } = read.data;
  const faults: string[] = [];
  const configSchema = await schemaOf(folder, manifest.config_schema, faults);
  return { dir: folder, manifest, faults, configSchema };
}

async function writtenIn(dir: string): Promise<unknown> {
  for (const name of FILES) {
    const text = await plainText(join(dir, name), MOST_BYTES).catch(absent);
    if (text === null) continue;
    if (name === "plugin.toml") {
      const { parse } = await import("smol-toml");
      return parse(text)["plugin"];
    }
    const told = Object.entries(JSON.parse(text) as Record<string, unknown>);
    return Object.fromEntries(told.filter(([key, value]) => value !== null && !OF_PACKAGES.includes(key)));
  }
  throw new Error(`${dir} has no plugin.toml`);
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

async function schemaOf(dir: string, schema: Manifest["config_schema"], faults: string[]): Promise<object | null> {
  if (schema === undefined) return null;
  if (typeof schema !== "string") return schema;
  try {
    const read: unknown = JSON.parse(await plainText(join(dir, schema), MOST_BYTES));
    if (typeof read === "object" && read !== null && !Array.isArray(read)) return read;
    faults.push(`[plugin.config_schema] ${schema} is no JSON object`);
  } catch (error) {
    faults.push(`[plugin.config_schema] ${asError(error).message}`);
  }
  return null;
}
