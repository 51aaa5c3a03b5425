// `where` of a rule, cut into words.
import type { Operator, Path, Plain } from "./expression.ts";
import { WhereFault } from "./fault.ts";

export type Word = "and" | "or" | "not" | "exists";

export type Token = { readonly at: number; readonly text: string } & (
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "value"; readonly value: Plain }
  | { readonly kind: "operator"; readonly operator: Operator }
  | { readonly kind: "word"; readonly word: Word }
  | { readonly kind: "open" | "close" | "end" }
);

const OPERATORS = new Set<string>(["==", "!=", ">=", "<=", ">", "<"] satisfies Operator[]);
const WORDS = new Set<string>(["and", "or", "not", "exists"] satisfies Word[]);
const PLAIN = new Map<string, Plain>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
/** What people write who know other languages. */
const MEANT = new Map([
  ["=", "=="],
  ["===", "=="],
  ["!==", "!="],
  ["<>", "!="],
  ["=>", ">="],
  ["=<", "<="],
  ["&", "and"],
  ["&&", "and"],
  ["|", "or"],
  ["||", "or"],
  ["!", "not"],
]);
const ESCAPES = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
]);

/** The words of `text`, the last of them its `end`. Throws `WhereFault`. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const reader = new Reader(text);
  for (;;) {
    const token = reader.next();
    tokens.push(token);
    if (token.kind === "end") return tokens;
  }
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token {
    this.#take(/\s*/y);
    const at = this.#at;
    const first = this.#text.charAt(at);
    if (first === "") return { kind: "end", at, text: "the end" };
    if (first === "(" || first === ")") {
      this.#at += 1;
      return { kind: first === "(" ? "open" : "close", at, text: first };
    }
    if (first === "'" || first === '"') return { kind: "value", value: this.#quoted(), ...this.#from(at) };
    if (/[-+.\d]/.test(first)) return { kind: "value", value: this.#number(), ...this.#from(at) };
    if (/[A-Za-z_]/.test(first)) return this.#named(at);
    return this.#operator(at);
  }

  #operator(at: number): Token {
    const text = this.#take(/[=!<>&|]+/y);
    if (OPERATORS.has(text)) return { kind: "operator", operator: text as Operator, at, text };
    const meant = MEANT.get(text);
    if (meant !== undefined) throw new WhereFault(at, `"${text}" is no comparison here`, `write ${meant}`);
    const strange = text === "" ? String.fromCodePoint(this.#text.codePointAt(at) ?? 0) : text;
    throw new WhereFault(at, `"${strange}" is nothing that is known here`);
  }

  #named(at: number): Token {
    const name = this.#take(/[\w-]+/y);
    if (this.#text.charAt(this.#at) !== ".") {
      if (WORDS.has(name)) return { kind: "word", word: name as Word, at, text: name };
      if (name === "contains") return { kind: "operator", operator: name, at, text: name };
      const value = PLAIN.get(name);
      if (value !== undefined) return { kind: "value", value, at, text: name };
    }
    const parts: string[] = [];
    while (this.#text.charAt(this.#at) === ".") {
      this.#at += 1;
      parts.push(this.#part());
    }
    return { kind: "path", path: [name, ...parts], ...this.#from(at) };
  }

  #part(): string {
    const first = this.#text.charAt(this.#at);
    if (first === "'" || first === '"') return this.#quoted();
    const part = this.#take(/[\w-]+/y);
    if (part === "") throw new WhereFault(this.#at, "a name is missing after the dot", `put odd names in quotes`);
    return part;
  }

  #number(): number {
    const at = this.#at;
    const text = this.#take(/[-+.\w]+/y);
    if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text))) return Number(text);
    throw new WhereFault(at, `"${text}" is no number`, "put texts in quotes");
  }

  #quoted(): string {
    const at = this.#at;
    const quote = this.#text.charAt(at);
    let value = "";
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text.charAt(this.#at);
      if (character === quote) {
        this.#at += 1;
        return value;
      }
      value += character === "\\" ? this.#escaped() : character;
    }
    throw new WhereFault(at, "a text has no end", `close it with ${quote}`);
  }

  #escaped(): string {
    const at = this.#at;
    this.#at += 1;
    const meant = ESCAPES.get(this.#text.charAt(this.#at));
    if (meant !== undefined) return meant;
    throw new WhereFault(at, "a lone backslash in a text", "write two for one");
  }

  #from(at: number): { at: number; text: string } {
    return { at, text: this.#text.slice(at, this.#at) };
  }

  #take(one: RegExp): string {
    one.lastIndex = this.#at;
    const [taken = ""] = one.exec(this.#text) ?? [];
    this.#at += taken.length;
    return taken;
  }
}
