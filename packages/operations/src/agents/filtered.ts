/** What the privacy rules make of evidence on its way into the ledger; `rules` names those that hit. */
export type Filtered =
  | { readonly verdict: "keep" }
  | { readonly verdict: "drop"; readonly rules: readonly string[] }
  | {
      readonly verdict: "redact";
      readonly rules: readonly string[];
      /** What is kept instead. */
      readonly message: Readonly<Record<string, unknown>>;
    };
