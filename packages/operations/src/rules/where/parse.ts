// Reads `where` of a rule: comparisons of fields, joined by and, or, not and brackets.
import { nearestName } from "@mimolo/protocol";
import { type Expression, FIELDS, type Operand, type Path, pathText } from "./expression.ts";
import { WhereFault } from "./fault.ts";
import { type Token, tokensOf } from "./tokens.ts";

export type ParsedWhere =
  | { readonly ok: true; readonly expression: Expression }
  /** `column` counts characters of the text from 1. */
  | { readonly ok: false; readonly message: string; readonly column: number; readonly hint?: string | undefined };

/** Reads one. `not` binds closest, then `and`, then `or`. Never throws. */
export function parseWhere(text: string): ParsedWhere {
  try {
    return { ok: true, expression: new Parser(tokensOf(text)).whole() };
  } catch (error) {
    if (!(error instanceof WhereFault)) throw error;
    return { ok: false, message: error.message, column: error.at + 1, hint: error.hint };
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#either();
    const rest = this.#peek();
    if (rest.kind === "end") return expression;
    const hint = rest.kind === "close" ? "it closes nothing that was opened" : "join conditions by and, or";
    throw new WhereFault(rest.at, `${shown(rest)} stands after a whole condition`, hint);
  }

  #either(): Expression {
    let left = this.#both();
    while (this.#takes("or")) left = { is: "or", left, right: this.#both() };
    return left;
  }

  #both(): Expression {
    let left = this.#one();
    while (this.#takes("and")) left = { is: "and", left, right: this.#one() };
    return left;
  }

  #one(): Expression {
    if (this.#takes("not")) return { is: "not", of: this.#one() };
    if (this.#takes("exists")) return { is: "exists", path: this.#path("exists") };
    const open = this.#peek();
    if (open.kind !== "open") return this.#comparison();
    this.#next += 1;
    const inner = this.#either();
    const close = this.#peek();
    if (close.kind !== "close") throw new WhereFault(open.at, "a bracket is not closed", "close it with )");
    this.#next += 1;
    return inner;
  }

  #comparison(): Expression {
    const first = this.#peek();
    const left = this.#operand();
    const { kind, ...token } = this.#peek();
    if (kind === "operator") {
      this.#next += 1;
      return {
        is: "comparison",
        left,
        operator: (token as Extract<Token, { kind: "operator" }>).operator,
        right: this.#operand(),
      };
    }
    if ("path" in left) return { is: "true", path: left.path };
    throw new WhereFault(first.at, `${shown(first)} is compared with nothing`, "for instance data.count > 3");
  }

  #operand(): Operand {
    const token = this.#peek();
    if (token.kind === "path") return { path: this.#path("a comparison") };
    if (token.kind !== "value")
      throw new WhereFault(
        token.at,
        `a field or a value is missing before ${shown(token)}`,
        "for instance data.count > 3",
      );
    this.#next += 1;
    return { value: token.value };
  }

  #path(after: string): Path {
    const token = this.#peek();
    if (token.kind !== "path") throw new WhereFault(token.at, `${after} wants a field`, "for instance data.count");
    this.#next += 1;
    const [field] = token.path;
    if ((FIELDS as readonly string[]).includes(field)) return token.path;
    throw new WhereFault(token.at, `there is no field "${field}"`, meant(token.path));
  }

  #takes(word: "and" | "or" | "not" | "exists"): boolean {
    const token = this.#peek();
    if (token.kind !== "word" || token.word !== word) return false;
    this.#next += 1;
    return true;
  }

  #peek(): Token {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw new Error("read past the end of a where");
    return token;
  }
}

function shown({ kind, text }: Token): string {
  return kind === "end" ? text : `"${text}"`;
}

function meant(path: Path): string {
  const [field, ...rest] = path;
  const lower = field.toLowerCase();
  if (rest.length === 0 && ["and", "or", "not", "exists", "contains", "true", "false", "null"].includes(lower))
    return `write ${lower}`;
  const nearest = nearestName(field, FIELDS);
  if (nearest !== undefined) return `write ${pathText([nearest, ...rest])}`;
  return `what the happening itself says stands in data: ${pathText(["data", ...path])}; fields are ${FIELDS.join(", ")}`;
}
