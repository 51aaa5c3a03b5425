/** What ties a control to what stands around it: its name, its help and what is wrong with it. */
export interface Control {
  readonly id: string;
  /** Ids of what tells more about it, for `aria-describedby`. */
  readonly told: string | undefined;
  /** For `aria-invalid`. */
  readonly invalid: true | undefined;
}

/** What everything that is filled in says about itself. */
export interface Labelled {
  label: string;
  /** What to write there. */
  help?: string | undefined;
  /** Why what is written there will not do. */
  problem?: string | undefined;
}
