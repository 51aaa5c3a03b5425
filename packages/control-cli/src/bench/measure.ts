import { type Figure, figureOf, type Rounds, unmeasured } from "./figure.ts";
import { NotMeasured } from "./not-measured.ts";
import type { Scenario } from "./scenario.ts";
import type { Workbench } from "./workbench.ts";

/** The figures of `names`, one scenario after the other; what fails to be measured says why instead. */
export async function measure(
  scenarios: readonly Scenario[],
  names: readonly string[],
  bench: Workbench,
): Promise<Record<string, Figure>> {
  const figures: Record<string, Figure> = {};
  for (const scenario of scenarios) {
    const wanted = Object.entries(scenario.figures).filter(([name]) => names.includes(name));
    if (wanted.length === 0) continue;
    const rounds = await roundsOf(scenario, bench);
    for (const [name, spec] of wanted) {
      const own = typeof rounds === "string" ? rounds : rounds[name];
      figures[name] = typeof own === "object" ? figureOf(spec, own) : unmeasured(spec, own ?? "not measured");
    }
  }
  return figures;
}

/** A sentence where it failed. */
async function roundsOf(scenario: Scenario, bench: Workbench): Promise<Readonly<Record<string, Rounds>> | string> {
  try {
    return await scenario.measure(bench);
  } catch (error) {
    bench.signal.throwIfAborted();
    if (error instanceof NotMeasured) return error.message;
    return `not measured: ${error instanceof Error ? error.message : String(error)}`;
  }
}
