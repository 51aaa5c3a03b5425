import type { ConformanceReport, RuleReport } from "@mimolo/agent-sdk/testing";
import type { Output } from "../output.ts";
import type { Colour } from "./colour.ts";
import { fit, printable, wrapAnywhere } from "./width.ts";

const MARGIN = 8;
/** A terminal of no width says 0; a line is never narrower than this. */
const NARROWEST = 40;
const WIDEST = 100;
/** Lines of what was seen; more of it stands in the record. */
const MOST_SEEN = 4;

/** The broken rules first, then advice, then how many hold; with `--verbose` every rule. */
export function conformLines(
  report: ConformanceReport,
  { colour, columns, options }: Pick<Output, "colour" | "columns" | "options">,
): string[] {
  const { rules } = report;
  const width = Math.max(NARROWEST, Math.min(columns, WIDEST));
  const broken = rules.filter(({ required, ok }) => required && ok === false);
  const advice = rules.filter(({ required, ok }) => !required && ok === false);
  const others = options.verbose ? rules.filter(({ ok }) => ok !== false) : [];
  return [
    ...broken.flatMap((rule) => [...explained(rule, colour("red", "✗"), colour, width), ""]),
    ...(options.quiet ? [] : advice.flatMap((rule) => [...explained(rule, colour("yellow", "!"), colour, width), ""])),
    ...others.map((rule) => oneLine(rule, colour, width)),
    ...(others.length === 0 ? [] : [""]),
    ...total(report, options.verbose, colour),
  ];
}

/** One rule that does not hold; why it is a rule is told where `why` is given. */
export function explained(
  rule: Omit<RuleReport, "area" | "ok" | "why" | "page"> & { readonly why?: string },
  sign: string,
  colour: Colour,
  width: number,
): string[] {
  const kind = rule.required ? "" : colour("dim", "  (advice)");
  const said = wrapAnywhere(printable(rule.seen), width - MARGIN);
  const seen = said.length <= MOST_SEEN ? said : [...said.slice(0, MOST_SEEN - 1), "…"];
  const part = (name: string, lines: readonly string[]) =>
    lines.map((line, index) => `  ${colour("dim", (index === 0 ? name : "").padEnd(MARGIN - 3))} ${line}`);
  return [
    `${sign} ${colour("bold", `${rule.id}  ${rule.title}`)}${kind}`,
    ...part("seen", seen),
    ...(rule.required && rule.why !== undefined ? part("why", wrapAnywhere(rule.why, width - MARGIN)) : []),
    ...part("fix", wrapAnywhere(rule.fix, width - MARGIN)),
    ...part("more", [`mimolo conform --explain ${rule.id}`]),
  ];
}

function oneLine({ id, title, ok, seen }: RuleReport, colour: Colour, width: number): string {
  if (ok === true) return `${colour("green", "✓")} ${id}  ${fit(title, width - 11)}`;
  return colour("dim", `- ${id}  ${fit(`${title}: ${printable(seen)}`, width - 11)}`);
}

function total(report: ConformanceReport, isVerbose: boolean, colour: Colour): string[] {
  const { not_applicable: notApplicable, took_ms: tookMs } = report;
  const took = tookMs === 0 ? "" : `, in ${(tookMs / 1000).toFixed(1)} s`;
  const others = notApplicable === 0 ? "" : `, ${notApplicable} ${notApplicable === 1 ? "does" : "do"} not apply`;
  return [
    `${verdict(report, colour)}${others}${took}`,
    ...(isVerbose ? [] : [colour("dim", "  --verbose shows each rule")]),
  ];
}

function verdict({ passed, failed, advice, level, rules }: ConformanceReport, colour: Colour): string {
  const held = `${passed} of ${passed + failed} rules hold`;
  const more = advice === 0 ? "" : `, ${advice} ${piecesOf(advice)}`;
  if (failed > 0)
    return `${colour("red", `✗ ${failed} ${failed === 1 ? "rule is" : "rules are"} broken`)}: ${held}${more}`;
  if (passed > 0) {
    const what = level === "release" ? "it can be published as far as the protocol goes" : "it conforms";
    return `${colour("green", `✓ ${what}`)}: ${held}${more}`;
  }
  // With --only, say: that no required rule was broken shows nothing then.
  const given = rules.filter(({ ok }) => ok !== null).length;
  if (given === 0) return `${colour("yellow", "– nothing was judged")}: ${held}`;
  const followed = `${given - advice} of ${given} ${piecesOf(given)}`;
  if (advice === 0) return `${colour("green", "✓ the advice is followed")}: ${followed}`;
  return `${colour("yellow", "! advice is not followed")}: ${followed}`;
}

const piecesOf = (advice: number) => `${advice === 1 ? "piece" : "pieces"} of advice`;
