// The table of paths in docs/control-api.md, and the same told by the document: `METHOD /path`, and the scope it
// asks for or `socket`.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the table under "Paths" says. */
export function pathsOfPage() {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "control-api.md"), "utf8");
  const [, section] = /\n## Paths\n([\s\S]*?)\n## /.exec(text);
  const paths = {};
  for (const line of section.split("\n").filter((each) => each.startsWith("| `"))) {
    const [, calls, scope] = line.split("|").map((cell) => cell.trim());
    let [method, path] = [];
    for (const [call] of calls.matchAll(/(?<=`)[^`]+(?=`(?: |$))/g)) {
      // `…/stop` after `POST /agents/{label}/start` is the path before with another end.
      if (call.startsWith("…/")) path = `${path.slice(0, path.lastIndexOf("/"))}${call.slice(1)}`;
      else [method, path] = call.split(" ");
      paths[`${method} ${path}`] = scope.replaceAll("`", "").replace(" ·", "");
    }
  }
  return paths;
}

/** What an OpenAPI document says. */
export function pathsOfDocument({ paths }) {
  const described = {};
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, call] of Object.entries(methods)) {
      described[`${method.toUpperCase()} ${path.replace(/^\/api\/v1/, "")}`] = call["x-socket-only"]
        ? "socket"
        : call["x-scope"];
    }
  }
  return described;
}
