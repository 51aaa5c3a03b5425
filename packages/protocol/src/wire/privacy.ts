// Privacy rules on messages: the one matcher, in an agent before its lines are numbered and in the collector before its ledger.
import { isWireMessage } from "./guard/message-guard.ts";
import { visitField } from "./privacy-field.ts";
import { globPattern, isCovered, type Pattern, REDACTED, type RegexEngine, regexPattern } from "./privacy-pattern.ts";
import type { PrivacyRule } from "./privacy-rule.ts";

type Message = Readonly<Record<string, unknown>>;

/** What the rules make of a message. `rules`: the names of those that decided, in the order of the configuration. */
export type PrivacyVerdict =
  | { readonly verdict: "keep" }
  | { readonly verdict: "drop"; readonly rules: readonly string[] }
  | { readonly verdict: "redact"; readonly rules: readonly string[]; readonly message: Message };

/** Compiled privacy rules. */
export interface PrivacyFilter {
  /** Those that cover an agent, as they were given. */
  rulesFor(label: string): readonly PrivacyRule[];
  /** What becomes of an agent's message, which is plain JSON and is not changed itself. What was redacted before stays as it
   *  is and is named again, so that the collector knows what an agent's own SDK took out. */
  apply(label: string, message: Message): PrivacyVerdict;
}

interface Compiled {
  readonly rule: PrivacyRule;
  readonly words: readonly string[];
  readonly pattern: Pattern;
}

/** What covers one agent. */
interface Cover {
  readonly rules: readonly PrivacyRule[];
  readonly compiled: readonly Compiled[];
}

const KEEP: PrivacyVerdict = { verdict: "keep" };
const NO_RULES: readonly PrivacyRule[] = [];

/** Compiles rules; `engine` is asked for where one has a `regex`, and throws for a bad one. Without rules, `apply` costs
 *  nothing. */
export function compilePrivacy(rules: readonly PrivacyRule[], engine: () => RegexEngine): PrivacyFilter {
  return compilePrivacyFor(isWireMessage, rules, engine);
}

/** The same for messages that `isIntact` knows alone: an agent need not carry the guards of what it never judges. */
export function compilePrivacyFor(
  isIntact: (message: Message) => boolean,
  rules: readonly PrivacyRule[],
  engine: () => RegexEngine,
): PrivacyFilter {
  if (rules.length === 0) return { rulesFor: () => NO_RULES, apply: () => KEEP };
  const compiled = rules.map((rule) => ({
    rule,
    words: rule.field.split("."),
    pattern: rule.glob === undefined ? regexPattern(rule.regex ?? "", engine()) : globPattern(rule.glob),
    fitsLabel: globPattern(rule.match_agent),
  }));
  const known = new Map<string, Cover>();
  const coverOf = (label: string): Cover => {
    const before = known.get(label);
    if (before !== undefined) return before;
    const fitting = compiled.filter(({ fitsLabel }) => fitsLabel(label));
    const cover = { rules: fitting.map(({ rule }) => rule), compiled: fitting };
    known.set(label, cover);
    return cover;
  };
  return {
    rulesFor: (label) => coverOf(label).rules,
    apply: (label, message) => judge(message, coverOf(label).compiled, isIntact),
  };
}

function judge(message: Message, rules: readonly Compiled[], isIntact: (message: Message) => boolean): PrivacyVerdict {
  // All rules look at the message as it came, so that none hides from another what it has to see.
  const covered = new Map<object, Set<string>>();
  const dropping: string[] = [];
  const redacting: string[] = [];
  for (const { rule, words, pattern } of rules) {
    if (rule.action === "drop") {
      if (hits(message, words, pattern)) dropping.push(rule.name);
    } else if (mark(message, words, pattern, covered)) {
      redacting.push(rule.name);
    }
  }
  if (dropping.length > 0) return { verdict: "drop", rules: dropping };
  if (redacting.length === 0) return KEEP;
  const redacted = without(message, covered) as Message;
  // Where a message must have what a rule takes away, there is no message.
  if (!isIntact(redacted)) return { verdict: "drop", rules: redacting };
  return { verdict: "redact", rules: redacting, message: redacted };
}

function hits(message: Message, words: readonly string[], pattern: Pattern): boolean {
  return !visitField(message, words, ({ value }) => !isCovered(value, pattern));
}

/** Notes the places a rule covers. True also where a value was redacted before: the record has to say by which rule. */
function mark(
  message: Message,
  words: readonly string[],
  pattern: Pattern,
  covered: Map<object, Set<string>>,
): boolean {
  let found = false;
  visitField(message, words, ({ holder, key, value }) => {
    if (value !== REDACTED && !isCovered(value, pattern)) return true;
    found = true;
    const keys = covered.get(holder) ?? new Set();
    covered.set(holder, keys.add(key));
    return true;
  });
  return found;
}

function without(value: unknown, covered: ReadonlyMap<object, ReadonlySet<string>>): unknown {
  if (typeof value !== "object" || value === null) return value;
  const keys = covered.get(value);
  const kept = (key: string, inner: unknown) => (keys?.has(key) === true ? REDACTED : without(inner, covered));
  if (Array.isArray(value)) return value.map((element: unknown, index) => kept(String(index), element));
  // Unlike an assignment, this makes `__proto__` a key like any other.
  return Object.fromEntries(Object.entries(value).map(([key, inner]: [string, unknown]) => [key, kept(key, inner)]));
}
