export type { Checkpoint, CommitEntry, Genesis, Head } from "./entry.ts";
export type { Commit, Ledger, LedgerFault, NewRecord } from "./ledger.ts";
export { LedgerError, type LedgerErrorCode } from "./ledger-error.ts";
export { nodeFileSystem } from "./node-file-system.ts";
export { type OpenLedgerOptions, openLedger, readGenesis } from "./open-ledger.ts";
export type { Clock, FileSystem, OpenFile } from "./ports.ts";
export { type LedgerLine, type Range, readLines } from "./range.ts";
export type { RecoveryReport } from "./recovery-report.ts";
