import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { keyText, type Tree } from "../config/layer.ts";
import type { LoadedConfig } from "../config/loaded-config.ts";
import { readToml } from "../config/read-toml.ts";
import { PrivacyRule, Rule } from "../config/rule-schema.ts";
import { CollectorError } from "../error.ts";

/** The sections that are lists of tables. */
export const LISTS = ["rules", "privacy"] as const;
export type ListName = (typeof LISTS)[number];

const schemas: Readonly<Record<ListName, z.ZodType>> = { rules: Rule, privacy: PrivacyRule };

/** What a file has to hold so that this list is in effect; `undefined`: nothing. What other files say stays theirs: of privacy
 *  nothing can be lifted or changed from here, a rule of `[[rules]]` only replaced. Throws `CollectorError` `not-editable`. */
export function listFor(own: string, name: ListName, wanted: readonly unknown[], config: LoadedConfig): unknown {
  const normal = (rule: unknown) => {
    const read = schemas[name].safeParse(rule);
    return read.success ? read.data : rule;
  };
  const elsewhere = config[name].flatMap((rule) => {
    const from = config.origins.get(keyText([name, rule.name]))?.from;
    return from === undefined || from === own ? [] : [{ rule, from }];
  });
  for (const { rule, from } of elsewhere) {
    const found = wanted.find((each) => nameOf(each) === rule.name);
    const isKept = found !== undefined && (name === "rules" || isDeepStrictEqual(normal(found), rule));
    if (isKept) continue;
    const hint = `change it there; a running collector takes it over by itself`;
    throw new CollectorError("not-editable", `"${rule.name}" of [[${name}]] stands in ${from}`, hint);
  }
  const written = writtenIn(own, name);
  const left = wanted
    .filter((each) => !elsewhere.some(({ rule }) => isDeepStrictEqual(normal(each), rule)))
    // As the file has it, where that means the same.
    .map((each) => written.find((raw) => isDeepStrictEqual(normal(raw), normal(each))) ?? each);
  return left.length === 0 ? undefined : left;
}

function writtenIn(file: string, name: ListName): readonly unknown[] {
  const read = /\.(ya?ml|json)$/i.test(file) ? undefined : readToml(readFileSync(file, "utf8"));
  const tree: Tree = read?.ok === true ? read.tree : {};
  const list = tree[name];
  return Array.isArray(list) ? list : [];
}

function nameOf(rule: unknown): unknown {
  return typeof rule === "object" && rule !== null && "name" in rule ? rule.name : undefined;
}
