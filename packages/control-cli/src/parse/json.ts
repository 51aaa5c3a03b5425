import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CliError, EXIT } from "../error.ts";

/** JSON as it was typed, or, after `@`, that in a file. `what`: the option it stands behind. */
export function jsonIn(written: string, what: string, cwd: string): unknown {
  const file = written.startsWith("@") ? resolve(cwd, written.slice(1)) : null;
  const text = file === null ? written : textOf(file);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError("usage", EXIT.usage, `${what} is no JSON: ${why}`, `For instance: ${what} '{"count": 3}'`);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError("usage", EXIT.usage, `cannot read ${file}: ${why}`, "Name a file that holds JSON.");
  }
}
