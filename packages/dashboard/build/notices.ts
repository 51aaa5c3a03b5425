import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { Plugin } from "vite";

/** Writes `third-party.txt`: the licences of everything that is in the page and not ours. `styles` are packages of which only
 *  stylesheets are used, which the bundler does not tell of. */
export function notices(styles: readonly string[]): Plugin {
  return {
    name: "notices",
    apply: "build",
    generateBundle(_options, bundle) {
      const folders = new Set(styles);
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        for (const id of chunk.moduleIds) {
          const folder = packageOf(id);
          if (folder !== null) folders.add(folder);
        }
      }
      const parts = [...folders].map(noticeOf).toSorted();
      const source = `The page contains the following, each under its own licence.\n\n${parts.join("\n")}`;
      this.emitFile({ type: "asset", fileName: "third-party.txt", source });
    },
  };
}

function packageOf(id: string): string | null {
  const mark = `${sep}node_modules${sep}`;
  const path = id.replace(/^\0/u, "").split("?", 1)[0] ?? "";
  const at = path.lastIndexOf(mark);
  if (at === -1) return null;
  const parts = path.slice(at + mark.length).split(sep);
  return path.slice(0, at + mark.length) + parts.slice(0, parts[0]?.startsWith("@") === true ? 2 : 1).join(sep);
}

function noticeOf(folder: string): string {
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, string>;
  const licence = readdirSync(folder).find((name) => /^licen[cs]e/iu.test(name));
  const text = licence === undefined ? "" : readFileSync(join(folder, licence), "utf8").trim();
  return `${about["name"]} ${about["version"]} (${about["license"]})\n\n${text}\n`;
}

/** The folder of a package by the path of one of its files. */
export function folderOf(file: string, name: string): string {
  let folder = dirname(file);
  while (!folder.endsWith(join(sep, name))) folder = dirname(folder);
  return folder;
}
