/** Where each key stands in a TOML text. The parser has judged the text before; this only walks over it. */
import { parse } from "smol-toml";
import { type KeyPath, type Position, placeKey } from "./layer.ts";

/** A key named in the text. */
export interface Mention {
  readonly path: KeyPath;
  readonly position: Position;
}

/** Positions of all keys by `placeKey`, headers and entries of lists included; the first mention of a key counts.
 *  Never throws; from an invalid text it reads what it can. */
export function locateToml(text: string): ReadonlyMap<string, Position> {
  const places = new Map<string, Position>();
  for (const { path, position } of mentionsInToml(text)) {
    const key = placeKey(path);
    if (!places.has(key)) places.set(key, position);
  }
  return places;
}

/** Every mention of every key, in the order of the text: `[a.b]` mentions `a`, then `a.b`. */
export function mentionsInToml(text: string): readonly Mention[] {
  return new TomlWalk(text).walk();
}

interface Segment {
  readonly name: string;
  readonly offset: number;
}

class TomlWalk {
  readonly #text: string;
  readonly #lineStarts: number[] = [0];
  readonly #mentions: Mention[] = [];
  /** How many tables each array of tables has so far. */
  readonly #tableCounts = new Map<string, number>();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) this.#lineStarts.push(end + 1);
  }

  walk(): readonly Mention[] {
    let table: KeyPath = [];
    for (this.#skipBlank(); this.#at < this.#text.length; this.#skipBlank()) {
      const start = this.#at;
      if (this.#peek() === "[") table = this.#header();
      else this.#entry(table);
      if (this.#at === start) this.#skipLine();
    }
    return this.#mentions;
  }

  /** `[a.b]` or `[[a.b]]`; gives the path that the entries below belong to. */
  #header(): KeyPath {
    this.#at += 1;
    const ofArray = this.#peek() === "[";
    if (ofArray) this.#at += 1;
    const segments = this.#key();
    this.#skipLine();
    let path: KeyPath = [];
    for (const [index, segment] of segments.entries()) {
      path = [...path, segment.name];
      this.#note(path, segment.offset);
      const tables = this.#tableCounts.get(placeKey(path)) ?? 0;
      if (ofArray && index === segments.length - 1) {
        this.#tableCounts.set(placeKey(path), tables + 1);
        path = [...path, tables];
        this.#note(path, segment.offset);
      } else if (tables > 0) path = [...path, tables - 1];
    }
    return path;
  }

  /** `a.b = value`, at top level or in an inline table. */
  #entry(table: KeyPath): void {
    let path = table;
    for (const segment of this.#key()) {
      path = [...path, segment.name];
      this.#note(path, segment.offset);
    }
    if (this.#peek() !== "=") return;
    this.#at += 1;
    this.#skipSpace();
    this.#value(path);
  }

  #value(path: KeyPath): void {
    const first = this.#peek();
    if (first === "[") this.#members("]", (index) => this.#listEntry([...path, index]));
    else if (first === "{") this.#members("}", () => this.#entry(path));
    else if (first === '"' || first === "'") this.#string(first);
    else this.#skipWhile(/[^,\]}#\r\n]/y);
  }

  #members(end: string, member: (index: number) => void): void {
    this.#at += 1;
    for (let index = 0; ; index += 1) {
      this.#skipBlank();
      const start = this.#at;
      if (this.#peek() === end || start >= this.#text.length) break;
      member(index);
      this.#skipBlank();
      if (this.#peek() === ",") this.#at += 1;
      if (this.#at === start) break;
    }
    this.#at += 1;
  }

  #listEntry(path: KeyPath): void {
    this.#note(path, this.#at);
    this.#value(path);
  }

  /** A string of any of the four kinds; stops at its end or the end of the text. */
  #string(quote: string): void {
    const long = this.#text.startsWith(quote.repeat(3), this.#at);
    const closing = long ? quote.repeat(3) : quote;
    this.#at += closing.length;
    while (this.#at < this.#text.length && !this.#text.startsWith(closing, this.#at)) {
      this.#at += quote === '"' && this.#peek() === "\\" ? 2 : 1;
    }
    this.#at += closing.length;
    if (!long) return;
    // A long string may end in up to two quotes of its own.
    for (let extra = 0; extra < 2 && this.#peek() === quote; extra += 1) this.#at += 1;
  }

  #key(): Segment[] {
    const segments: Segment[] = [];
    for (;;) {
      this.#skipSpace();
      const offset = this.#at;
      const quote = this.#peek();
      if (quote === '"' || quote === "'") this.#string(quote);
      else this.#skipWhile(/[A-Za-z0-9_-]/y);
      if (this.#at === offset) return segments;
      segments.push({ name: keyName(this.#text.slice(offset, this.#at)), offset });
      this.#skipSpace();
      if (this.#peek() !== ".") return segments;
      this.#at += 1;
    }
  }

  #note(path: KeyPath, offset: number): void {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const position = { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
    this.#mentions.push({ path, position });
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #skipSpace(): void {
    this.#skipWhile(/[ \t]/y);
  }

  /** Space, line ends and comments. */
  #skipBlank(): void {
    for (;;) {
      this.#skipWhile(/[ \t\r\n]/y);
      if (this.#peek() !== "#") return;
      this.#skipLine();
    }
  }

  #skipLine(): void {
    const end = this.#text.indexOf("\n", this.#at);
    this.#at = end === -1 ? this.#text.length : end;
    if (end !== -1) this.#at += 1;
  }

  #skipWhile(one: RegExp): void {
    for (one.lastIndex = this.#at; one.test(this.#text); one.lastIndex = this.#at) this.#at += 1;
  }
}

function keyName(written: string): string {
  if (written.startsWith("'")) return written.slice(1, -1);
  if (!written.startsWith('"')) return written;
  try {
    return Object.keys(parse(`${written} = 0`))[0] ?? "";
  } catch {
    return written;
  }
}
