import type { Area } from "./rule.ts";

export interface RuleReport {
  readonly id: string;
  readonly area: Area;
  readonly title: string;
  /** `false`: advice. */
  readonly required: boolean;
  /** `null`: it does not apply, and `seen` says why. */
  readonly ok: boolean | null;
  readonly seen: string;
  readonly why: string;
  readonly fix: string;
  /** Where it is explained, below the documentation. */
  readonly page: string;
}

export interface ConformanceReport {
  /** Required rules that hold. */
  readonly passed: number;
  /** Required rules that are broken; 0: the agent conforms. */
  readonly failed: number;
  readonly not_applicable: number;
  /** Advice that does not hold. */
  readonly advice: number;
  readonly took_ms: number;
  readonly level: "agent" | "release";
  readonly rules: readonly RuleReport[];
}
