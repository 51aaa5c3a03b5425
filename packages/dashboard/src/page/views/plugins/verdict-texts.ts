// What a verdict means for the person who reads it.

/** How a verdict is shown. `tone` is the badge's colour. */
export interface VerdictText {
  readonly tone: "good" | "warn" | "bad";
  readonly says: string;
}

const TEXTS: Readonly<Record<string, VerdictText>> = {
  trusted: { tone: "good", says: "Its files are exactly those that were signed or allowed." },
  dev: { tone: "warn", says: "It runs because developer mode is on. Nobody vouches for it, and its evidence says so." },
  unsigned: { tone: "bad", says: "Nobody signed it, so it does not run." },
  "bad-signature": { tone: "bad", says: "Its signature does not fit its files." },
  "unknown-key": { tone: "bad", says: "It is signed with a key that nobody here trusts." },
  "out-of-scope": { tone: "bad", says: "The key that signed it does not vouch for plugins of this name." },
  revoked: { tone: "bad", says: "The key that signed it was revoked." },
  expired: { tone: "bad", says: "The key that signed it has expired." },
  modified: { tone: "bad", says: "Its files were changed after they were signed or allowed." },
  "missing-file": { tone: "bad", says: "A file that belongs to it is gone." },
  "extra-file": { tone: "bad", says: "There is a file in it that was not signed." },
  "not-allowlisted": { tone: "bad", says: "Nobody allowed it here yet, so it does not run." },
  downgrade: { tone: "bad", says: "A newer version of it ran here before." },
  incompatible: { tone: "bad", says: "It is not made for this version of MiMoLo, of Node.js, or for this system." },
};

/** The words for a verdict; one that a newer collector says counts as bad. */
export function verdictText(verdict: string): VerdictText {
  const known = Object.hasOwn(TEXTS, verdict) ? TEXTS[verdict] : undefined;
  return known ?? { tone: "bad", says: "This page does not know that verdict." };
}

/** What helps, as a command to type; null where nothing does but another package. */
export function verdictCommand(verdict: string, pluginId: string): string | null {
  if (verdict === "unknown-key" || verdict === "out-of-scope") return "mimolo key trust FILE.pub";
  if (verdict === "not-allowlisted" || verdict === "unsigned") return `mimolo plugin sign ${pluginId}`;
  return null;
}
