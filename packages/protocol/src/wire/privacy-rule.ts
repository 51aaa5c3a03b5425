// What a privacy rule looks like, in the configuration as in a handshake's answer.

/** What must not be kept as it is. Either `glob` or `regex` says which values of `field` are covered. */
export interface PrivacyRule {
  readonly name: string;
  /** Labels of the agents it covers, `*` and `?` stand for anything. */
  readonly match_agent: string;
  /** Words joined by dots, from the message down; `*` is any element of an object or list. */
  readonly field: string;
  readonly glob?: string | undefined;
  readonly regex?: string | undefined;
  /** `drop` takes the whole message, `redact` the value alone. */
  readonly action: "drop" | "redact";
}

/** The rules among what a collector sent; what a later version may call one is left out. */
export function readPrivacyRules(list: readonly unknown[]): PrivacyRule[] {
  return list.filter(isPrivacyRule);
}

function isPrivacyRule(value: unknown): value is PrivacyRule {
  if (typeof value !== "object" || value === null) return false;
  const { name, match_agent: label, field, glob, regex, action } = value as Partial<Record<string, unknown>>;
  if (typeof name !== "string" || typeof label !== "string" || typeof field !== "string") return false;
  if (action !== "drop" && action !== "redact") return false;
  return typeof (glob ?? regex) === "string" && (glob === undefined || regex === undefined);
}
