import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A file of this package, wherever it is installed and from whichever file of the build this is asked. */
export function packageFile(...path: readonly string[]): string {
  return join(dirname(createRequire(import.meta.url).resolve("mimolo/package.json")), ...path);
}
