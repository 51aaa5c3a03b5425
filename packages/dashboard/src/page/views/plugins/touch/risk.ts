/** How much harm could be done with it, and the colour that says so. */
export type Risk = "low" | "medium" | "high";

export const RISKS: readonly Risk[] = ["high", "medium", "low"];

export const RISK_WORDS: Readonly<Record<Risk, string>> = {
  low: "low risk",
  medium: "medium risk",
  high: "high risk",
};

export function isRisk(text: unknown): text is Risk {
  return text === "low" || text === "medium" || text === "high";
}
