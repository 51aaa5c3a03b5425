// Registries to try things on: real packages, signed by real keys.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SigningKey } from "../../src/index.ts";
import { packPlugin } from "../../src/package/index.ts";
import { publish } from "../../src/registry/index.ts";
import { temporaryFolder, writeFiles } from "../package/folders.ts";
import { freshKey } from "../samples.ts";

export interface Version {
  readonly id?: string;
  readonly version?: string;
  readonly description?: string;
  readonly program?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly key?: SigningKey | null;
}

export const author: SigningKey = freshKey();

/** An author's folder. */
export function pluginFolder({
  id = "acme.inbox",
  version = "1.0.0",
  description = "Watches an inbox",
  program = "console.log(1);\n",
  dependencies = {},
}: Version = {}): string {
  const needed = Object.entries(dependencies).map(([name, range]) => `"${name}" = "${range}"\n`);
  return writeFiles(temporaryFolder(), {
    "plugin.toml": `[plugin]
id = "${id}"
name = "A plugin"
version = "${version}"
description = "${description}"
type = "agent"
entry = "main.mjs"
[plugin.capabilities]
network = true
[plugin.dependencies]
${needed.join("")}`,
    "main.mjs": program,
  });
}

/** A packed plugin's file; `key: null` leaves it unsigned. */
export async function packageFile(version: Version = {}): Promise<string> {
  const { key = author } = version;
  const directory = pluginFolder(version);
  const { bytes, fileName } = await packPlugin({ directory, ...(key !== null && { sign: key }) });
  const path = join(temporaryFolder(), fileName);
  writeFileSync(path, bytes);
  return path;
}

/** A registry of these versions. */
export async function registryOf(...versions: readonly Version[]): Promise<string> {
  const directory = join(temporaryFolder(), "registry");
  for (const version of versions) await publish({ packagePath: await packageFile(version), directory });
  return directory;
}

/** A folder with an index of these entries, and no packages. */
export function indexOf(...plugins: readonly unknown[]): string {
  return writeFiles(temporaryFolder(), { "index.json": JSON.stringify({ plugins }, null, 2) });
}

/** A sound entry, but for `more`. */
export function entry(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: "acme.inbox",
    version: "1.0.0",
    file: "acme.inbox-1.0.0.mmpkg",
    sha256: createHash("sha256").update("x").digest("hex"),
    key_id: "0123456789ABCDEF",
    capabilities: ["network"],
    description: "Watches an inbox",
    ...more,
  };
}

export function indexIn(directory: string): { plugins: Record<string, unknown>[] } {
  return JSON.parse(readFileSync(join(directory, "index.json"), "utf8")) as { plugins: Record<string, unknown>[] };
}
