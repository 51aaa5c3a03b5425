// Secrets that nobody else has: where one turns up, the plugin put it there.
import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { TestStand } from "../stand.ts";

export interface Canaries {
  readonly values: Readonly<Record<string, string>>;
  /** The same stand, whose plugin is given them. */
  readonly stand: TestStand;
  /** Everything a folder holds, as one text. */
  kept(folder: string): Promise<string>;
}

const SOUNDS_SECRET = /(?:token|password|passphrase|secret|api_?key|credential)/i;

/** For every setting that is a secret: by the options, by `writeOnly` in the schema, or by its name there. `null`: there is none. */
export function canaries(stand: TestStand): Canaries | null {
  const given = stand.options.secrets ?? {};
  const invented = secretsOf(stand.folder.configSchema).map((name) => [
    name,
    `canary-${randomBytes(12).toString("hex")}`,
  ]);
  const values: Record<string, string> = { ...Object.fromEntries(invented), ...given };
  if (Object.keys(values).length === 0) return null;
  return { values, stand: stand.with({ ...stand.options, secrets: values }), kept };
}

function secretsOf(schema: object | null): string[] {
  const { properties } = (schema ?? {}) as { properties?: unknown };
  if (typeof properties !== "object" || properties === null) return [];
  return Object.entries(properties).flatMap(([name, property]) => {
    const { type, writeOnly } = (property ?? {}) as { type?: unknown; writeOnly?: unknown };
    return type === "string" && (writeOnly === true || SOUNDS_SECRET.test(name)) ? [name] : [];
  });
}

async function kept(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), "latin1")))).join("\n");
}
