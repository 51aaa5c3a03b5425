// What a plugin's folder says, as a recording: so that a release can be judged again without the folder.
import { readdir } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { readPluginFolder } from "../run-plugin-tests/plugin-folder.ts";
import type { Recording } from "./recording.ts";

export const PLUGIN_FOLDER = "plugin-folder";
const MOST_FILES = 2000;
const NOT_ITS_OWN = /(?:^|\/)(?:node_modules|\.git|target|__pycache__)(?:\/|$)/;

export async function lookAtPlugin(dir: string): Promise<Recording> {
  const folder = resolve(dir);
  const { manifest, faults } = await readPluginFolder(folder, {});
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
      },
    ],
  };
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
