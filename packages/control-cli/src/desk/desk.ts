import type { TrustDesk } from "@mimolo/operations/trust";

/** What changes trust, whoever holds the data directory: a running collector, or this command where none runs. */
export type Desk = Pick<
  TrustDesk,
  "newKey" | "trustKey" | "revokeKey" | "allow" | "install" | "remove" | "grant" | "revoke"
>;

/** Who asks, as the audit log names it. */
export const BY = "cli";
