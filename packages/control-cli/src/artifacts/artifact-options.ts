import type { ArtifactState, RetentionClass } from "@mimolo/protocol";

export interface ArtifactOptions {
  readonly label?: string;
  readonly plugin?: string;
  readonly state?: ArtifactState;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
  readonly before?: string;
  readonly retention?: RetentionClass;
  readonly why?: string;
  /** Absent: nobody has answered the offer yet. */
  readonly archive?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}
