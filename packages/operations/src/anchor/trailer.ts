/** A head of the ledger as it is told to a witness. */
export interface AnchoredHead {
  /** Number of the commit of the ledger. */
  readonly n: number;
  /** SHA-256 of its line, hex. */
  readonly hash: string;
}

/** The trailer of a git commit that is an anchor. */
export const TRAILER = "MiMoLo-Anchor";

/** The message of an anchoring commit: a sentence for those who read the history, and the trailer. */
export function anchorMessage(collectorId: string, { n, hash }: AnchoredHead): string {
  return `Anchor MiMoLo evidence up to commit ${n}\n\n${TRAILER}: ${collectorId} ${n} ${hash}\n`;
}

/** The heads of that collector that the lines of a message name; whole lines only. */
export function anchorsIn(message: string, collectorId: string): AnchoredHead[] {
  return message.split("\n").flatMap((line) => {
    const [, id, n, hash] = /^MiMoLo-Anchor: (\S+) (\d{1,15}) ([0-9a-f]{64})\s*$/.exec(line) ?? [];
    return id !== collectorId || n === undefined || hash === undefined ? [] : [{ n: Number(n), hash }];
  });
}
