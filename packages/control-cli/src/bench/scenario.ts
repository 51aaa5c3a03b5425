import type { FigureSpec, Rounds } from "./figure.ts";
import type { Workbench } from "./workbench.ts";

/** Figures that are measured together. */
export interface Scenario {
  readonly figures: Readonly<Record<string, FigureSpec>>;
  /** The rounds of each figure. Rejects with `NotMeasured` where the machine lacks something. */
  measure(bench: Workbench): Promise<Readonly<Record<string, Rounds>>>;
}
