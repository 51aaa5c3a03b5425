/** Begins the collector id of every audit ledger: nothing that is signed for one can stand in for evidence. */
export const AUDIT_ID_PREFIX = "audit-";
