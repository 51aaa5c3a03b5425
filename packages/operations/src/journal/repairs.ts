import type { RecoveryReport } from "@mimolo/ledger";

/** What opening a ledger mended, a sentence each. */
export function repairsOf({ recovered, moved, damage }: RecoveryReport): string[] {
  return [
    ...recovered.map(({ file, records }) => `${records} records in ${file} had no commit yet and got one`),
    ...moved.map(({ file, bytes, into }) => `${bytes} torn bytes of ${file} were moved to ${into}`),
    ...damage,
  ];
}
