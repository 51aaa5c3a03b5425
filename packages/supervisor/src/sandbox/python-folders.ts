import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const LIBRARY = /^(lib)?(python|pypy)/;
const SHARED_PREFIXES: ReadonlySet<string> = new Set(["/", "/usr", "/usr/local"]);

/** What an interpreter reads that must not be run to be asked: its library beside its `bin`, and, where it is that of a
 *  virtual environment, the file that says so. `path` is the one it goes by, `real` the one links lead to. */
export function pythonFolders(path: string, real: string): string[] {
  const prefixes = [...new Set([path, real].map((program) => dirname(dirname(program))))];
  return [path, real, ...prefixes.flatMap(librariesBelow), ...prefixes.map((prefix) => join(prefix, "pyvenv.cfg"))];
}

/** Of a prefix that holds more than a Python only what is Python's. */
function librariesBelow(prefix: string): string[] {
  return ["lib", "lib64"].flatMap((name) => {
    const folder = join(prefix, name);
    const own = namesIn(folder).filter((entry) => LIBRARY.test(entry));
    if (own.length === 0) return [];
    return SHARED_PREFIXES.has(prefix) ? own.map((entry) => join(folder, entry)) : [folder];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
