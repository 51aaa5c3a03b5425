/** What is wrong with a configuration, said so that the reader can mend it at once. */

/** `needs-consent`: a file merely found in a folder asks for what only its owner may decide. */
export type ConfigErrorCode =
  | "not-found"
  | "unreadable"
  | "invalid-toml"
  | "invalid-yaml"
  | "unknown-key"
  | "missing-key"
  | "wrong-type"
  | "out-of-range"
  | "not-allowed"
  | "invalid-value"
  | "invalid-label"
  | "duplicate-key"
  | "duplicate-label"
  | "label-collision"
  | "needs-consent";

/** One thing wrong. `line` and `column` count from 1; `file` is absolute, or `environment`, or a given name. */
export interface ConfigProblem {
  readonly code: ConfigErrorCode;
  /** A whole sentence, beginning with the place. */
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Dotted path of the key, for instance `plugins.load.enabled`. */
  readonly key?: string;
  /** The names or values that would have been right, or a description of them. */
  readonly allowed?: readonly string[];
  /** The right name closest to what was written. */
  readonly nearest?: string;
  /** What to do next. */
  readonly hint?: string;
}

/** Something worth telling that stops nothing. */
export interface ConfigNotice {
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly key?: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** A configuration that cannot be used. `problems` holds all that was found; the error itself speaks of the first. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code: ConfigErrorCode;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly key: string | undefined;
  readonly allowed: readonly string[] | undefined;
  readonly nearest: string | undefined;
  readonly hint: string | undefined;
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly [ConfigProblem, ...ConfigProblem[]], options?: ErrorOptions) {
    const [main] = problems;
    super(main.message, options);
    this.code = main.code;
    this.file = main.file;
    this.line = main.line;
    this.column = main.column;
    this.key = main.key;
    this.allowed = main.allowed;
    this.nearest = main.nearest;
    this.hint = main.hint;
    this.problems = problems;
  }
}
