import { createRequire } from "node:module";
import type { RE2JS } from "re2js";

const require = createRequire(import.meta.url);
let engine: typeof RE2JS | null = null;

/** What runs the regular expressions of privacy rules; loaded when the first of them is read. */
export function regexEngine(): typeof RE2JS {
  engine ??= (require("re2js") as { RE2JS: typeof RE2JS }).RE2JS;
  return engine;
}
