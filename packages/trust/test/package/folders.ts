// Folders and packages to try things on.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mimolo-package-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files by their names into a folder, new ones included. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export const PLUGIN_TOML = `[plugin]
id = "acme.http-request"
name = "HTTP request"
version = "1.0.0"
type = "action"
entry = "main.mjs"
interfaces = ["IDataProvider", "action"]
permissions = ["write-logs"]
[plugin.capabilities]
network = true
[plugin.dependencies]
"acme.secrets" = "^1"
[plugin.engines]
mimolo = ">=0.4"
[plugin.limits]
memory_mib = 100
`;

/** A small author's folder. */
export function authorFolder(more: Readonly<Record<string, string | Uint8Array>> = {}): string {
  return writeFiles(temporaryFolder(), {
    "plugin.toml": PLUGIN_TOML,
    "main.mjs": "console.log('{}');\n",
    "lib/deep/part.mjs": "export const part = 1;\n",
    ...more,
  });
}
