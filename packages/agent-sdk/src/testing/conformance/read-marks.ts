// Marks as they are kept in a file: each kind with its fields.
import {
  amount,
  isObject,
  type Kind,
  listOf,
  oneOf,
  optional,
  orNull,
  text,
  texts,
  whole,
  wholeUpTo,
} from "../json-lines/kinds.ts";
import { readJsonLines } from "../json-lines/read-json-lines.ts";
import type { Mark } from "./recording.ts";

const manifest: Kind = {
  expected: "a manifest with the texts id, version and entry and the list interfaces",
  fits: (value) =>
    isObject(value) &&
    [value["id"], value["version"], value["entry"]].every(text.fits) &&
    texts.fits(value["interfaces"]),
};
const packs = listOf({
  expected: "an object with sha256 or fault",
  fits: (value) => isObject(value) && text.fits("sha256" in value ? value["sha256"] : value["fault"]),
});

type What = Mark["what"];
/** Every field of a kind of mark beside its time and place. */
type FieldsOf<One extends What> = Readonly<
  Record<Exclude<keyof Extract<Mark, { what: One }>, "what" | "at_ms" | "after">, Kind>
>;

const FIELDS: { readonly [One in What]: FieldsOf<One> } = {
  started: { at: text, pid: whole, command: texts },
  "stdin-closed": {},
  abandoned: {},
  signal: { signal: text },
  "stdout-paused": {},
  "stdout-resumed": {},
  usage: { cpu_ms: amount, memory_mib: amount, processes: amount },
  "not-seen": { waited_for: text, within_ms: amount },
  flood: { lines: amount, bytes: amount },
  "unfinished-line": {},
  "long-line": { bytes: amount },
  ended: { code: orNull(whole), signal: orNull(text) },
  killed: {},
  files: { changed: texts },
  "left-behind": { processes: texts },
  "plugin-folder": {
    faults: texts,
    manifest: orNull(manifest),
    files: texts,
    unfit_defaults: optional(texts),
    packs: optional(packs),
  },
  step: { name: text },
};
const kinds = oneOf(...Object.keys(FIELDS));

/** Reads the marks of a recording with so many lines. Throws `MalformedLine`. */
export function readMarks(written: string, lines: number): Mark[] {
  return readJsonLines(written).map((line) => {
    line.must("what", kinds);
    line.must("at_ms", amount);
    line.must("after", wholeUpTo(lines));
    for (const [field, kind] of Object.entries<Kind>(FIELDS[line.fields["what"] as What])) line.must(field, kind);
    return line.fields as unknown as Mark;
  });
}
