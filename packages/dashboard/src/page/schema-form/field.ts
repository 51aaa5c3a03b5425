// A setting as a person edits it.
import type { Answer } from "@mimolo/protocol/control-api";

/** Who says what about one setting, as the collector tells it. */
export type SaidValue = Answer<"/plugins/{id}/config", "get">["values"][number];

/** JSON Schema of settings, by an author whom nobody trusts. */
export type SettingsSchema = Readonly<Record<string, unknown>>;

/** What is entered into a field, and how it is checked here. */
export type FieldKind =
  | { readonly is: "switch" }
  | { readonly is: "number"; readonly bounds: Bounds }
  | { readonly is: "text"; readonly shortest: number; readonly longest: number | null; readonly isSecret: boolean }
  | { readonly is: "choice"; readonly choices: readonly unknown[] }
  /** A list of texts, one a line. */
  | { readonly is: "lines"; readonly most: number | null }
  /** Whatever has no form of its own, as JSON. */
  | { readonly is: "json" }
  /** A reference to a secret, or a table with one in it: shown, and changed where the collector runs. */
  | { readonly is: "reference" };

/** Limits of a number; null: none on that side. */
export interface Bounds {
  readonly isWhole: boolean;
  readonly least: number | null;
  readonly most: number | null;
  /** Just above, just below: the limit itself is not allowed. */
  readonly above: number | null;
  readonly below: number | null;
}

/** One setting: where it stands, what it is, and who said so. */
export interface Field {
  /** As the collector names it, `headers.accept`. */
  readonly key: string;
  readonly path: readonly string[];
  readonly title: string;
  /** The author's sentence; empty when there is none. */
  readonly description: string;
  readonly kind: FieldKind;
  /** What holds now; undefined where nobody says anything. */
  readonly value: unknown;
  /** Who says so; several where agents of the plugin differ, none where nobody does. */
  readonly said: readonly SaidValue[];
  readonly isRequired: boolean;
}
