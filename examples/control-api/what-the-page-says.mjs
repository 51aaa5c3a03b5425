// The tables of docs/control-api.md, and the same as the document says it.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "control-api.md"), "utf8");

/** `METHOD /path`, and the scope that it asks for or `socket`. */
export const paths = { said: {}, described: pathsOf };

/** Types of events, and their members; of segments the page says no more than that they are. */
export const events = { said: {}, described: eventsOf };

for (const [calls, scope] of rowsOf("Paths")) {
  let [method, path] = [];
  for (const call of quotedIn(calls)) {
    // `…/stop` after `POST /agents/{label}/start` is the path before with another end.
    if (call.startsWith("…/")) path = `${path.slice(0, path.lastIndexOf("/"))}${call.slice(1)}`;
    else [method, path] = call.split(" ");
    paths.said[`${method} ${path}`] = quotedIn(scope)[0] ?? scope;
  }
}
for (const [types, members] of rowsOf("Events")) {
  for (const type of quotedIn(types)) {
    if (!/^\d/.test(type)) events.said[type] = membersOf(type, quotedIn(members).join(" ").split(" "));
  }
}

function pathsOf(document) {
  const described = {};
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, call] of Object.entries(methods)) {
      const name = `${method.toUpperCase()} ${path.replace(/^\/api\/v1/, "")}`;
      described[name] = call["x-socket-only"] ? "socket" : call["x-scope"];
    }
  }
  return described;
}

function eventsOf({ components }) {
  const described = {};
  for (const { properties } of components.schemas.ControlEvent.oneOf) {
    const { type, at: _, ...members } = properties;
    for (const each of type.enum ?? [type.const]) described[each] = membersOf(each, Object.keys(members));
  }
  return described;
}

function membersOf(type, members) {
  return type.startsWith("segment:") ? [] : members.toSorted();
}

/** Cells of the rows that begin with code, in the tables below a heading up to the next of its rank. */
function rowsOf(heading) {
  const [, section] = page.split(`\n## ${heading}\n`);
  const [text] = section.split("\n## ");
  const rows = text.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((line) =>
    line
      .split("|")
      .slice(1)
      .map((cell) => cell.trim()),
  );
}

function quotedIn(cell) {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
}
