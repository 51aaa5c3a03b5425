import type { Format } from "./format.ts";
import { jsonl } from "./format-jsonl.ts";
import { md } from "./format-md.ts";
import { yaml } from "./format-yaml.ts";

/** The formats of `log_format`. */
export const FORMATS: Readonly<Record<"jsonl" | "yaml" | "md", Format>> = { jsonl, yaml, md };
