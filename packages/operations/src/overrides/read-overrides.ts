/** `state/overrides.json`: what was changed while a collector ran, `{plugins: {<id>: {}}, agents: {<label>: {}}}`. */
import type { RuntimeOverrides } from "../config/index.ts";
import { type Tree, isTable } from "../config/layer.ts";
import { plainTree } from "../config/plain-tree.ts";
import { readPlainFile } from "../plain-file.ts";

/** Nobody changes that much by hand. */
const MOST_BYTES = 1_048_576;

export interface OverridesReading {
  readonly overrides: RuntimeOverrides;
  /** Why the file does not count, or what in it does not; `null` when it is sound or absent. */
  readonly fault: string | null;
}

/** What the file says. Never throws: of a damaged one nothing counts, of a sound one everything that has the right form. */
export function readOverrides(file: string): OverridesReading {
  let bytes: Buffer | null;
  try {
    bytes = readPlainFile(file, MOST_BYTES);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return code === "ENOENT" ? { overrides: {}, fault: null } : refused(file, `it cannot be read (${code})`);
  }
  if (bytes === null) return refused(file, `it is no regular file of at most ${MOST_BYTES / 1_048_576} MiB`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return refused(file, "it is no JSON");
  }
  if (!isTable(parsed)) return refused(file, "it is no JSON object");
  const { tree, faults } = plainTree(parsed);
  const wrong = [...faults.map(({ path, reason }) => `${path.join(".")} ${reason}`), ...unknownIn(tree)];
  const overrides = { plugins: tablesIn(tree["plugins"]), agents: tablesIn(tree["agents"]) };
  return { overrides, fault: wrong.length === 0 ? null : `${file}: left out: ${wrong.join("; ")}` };
}

function refused(file: string, why: string): OverridesReading {
  return { overrides: {}, fault: `${file} does not count: ${why}` };
}

function unknownIn(tree: Tree): string[] {
  return Object.entries(tree).flatMap(([section, values]) => {
    if (section !== "plugins" && section !== "agents") return [`"${section}" is neither plugins nor agents`];
    if (!isTable(values)) return [`"${section}" is no object`];
    return Object.entries(values).flatMap(([name, each]) => (isTable(each) ? [] : [`${section}.${name} is no object`]));
  });
}

function tablesIn(value: unknown): Record<string, Tree> {
  const tables = Object.entries(isTable(value) ? value : {}).filter((entry): entry is [string, Tree] =>
    isTable(entry[1]),
  );
  return Object.fromEntries(tables);
}
