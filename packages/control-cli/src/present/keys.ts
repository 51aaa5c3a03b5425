import type { KeyReport } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { table } from "./table.ts";
import { printable } from "./width.ts";

const SOURCES: Readonly<Record<KeyReport["source"], string>> = {
  builtin: "ships with MiMoLo",
  self: "yours, for scripts",
  pinned: "pinned",
  "first-use": "first use",
};

/** Every key on a line: whose, for what, and whether it is still believed. */
export function keyLines(keys: readonly KeyReport[], nowMs: number, colour: Colour): string[] {
  if (keys.length === 0) {
    return ["No keys yet. `mimolo key new` makes one, `mimolo key trust F` pins somebody's public key."];
  }
  const rows = keys.map((key) => [
    key.key_id,
    printable(key.label),
    SOURCES[key.source],
    printable(key.scope.join(" ")),
    stateOf(key, nowMs, colour),
  ]);
  return table(COLUMNS, rows, colour);
}

const COLUMNS = [{ title: "KEY" }, { title: "LABEL" }, { title: "SOURCE" }, { title: "SCOPE" }, { title: "STATE" }];

function stateOf({ revoked, expires_at }: KeyReport, nowMs: number, colour: Colour): string {
  if (revoked !== undefined) {
    const why = revoked.why === undefined ? "" : `: ${printable(revoked.why)}`;
    return colour("red", `revoked ${revoked.at.slice(0, 10)}${why}`);
  }
  if (expires_at !== undefined && Date.parse(expires_at) <= nowMs)
    return colour("red", `expired ${expires_at.slice(0, 10)}`);
  return colour("green", "trusted");
}
