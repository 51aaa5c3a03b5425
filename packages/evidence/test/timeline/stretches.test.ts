import { expect, test } from "vitest";
import { PolicyBook, DEFAULT_POLICY } from "../../src/policy.ts";
import type { Observation } from "../../src/timeline/observation.ts";
import type { Span } from "../../src/timeline/spans.ts";
import { Stretches } from "../../src/timeline/stretches.ts";

/** Stretches under these cooldowns, each in force from its time on. */
function under(...cooldowns: readonly (readonly [atMs: number, cooldownMs: number])[]): Stretches {
  const policies = new PolicyBook();
  for (const [index, [atMs, cooldownMs]] of cooldowns.entries()) {
    policies.add({ ...DEFAULT_POLICY, atMs, cooldownMs, seq: index + 1 });
  }
  return new Stretches({
    policyAt: policies.at,
    closingGaps: () => [],
    hasOneCooldown: (fromMs, toMs) => policies.hasOneCooldown(fromMs, toMs),
  });
}

function moment(atMs: number): Span {
  const source = { kind: "event", seq: atMs, atMs, instanceId: "i", stream: "", agentSeq: 0 } as Partial<Observation>;
  return { startMs: atMs, endMs: atMs, source, resetting: true, dataHeader: null, cutBy: null } as Span;
}

test("a stretch over a restart of the collector takes spans in, late ones too, without being folded again", () => {
  const stretches = under([0, 600], [1_000, 600]);
  stretches.rebuild([moment(900), moment(1_100)]);
  expect(stretches.absorb(moment(1_500))).toBe(true);
  expect(stretches.absorb(moment(1_050))).toBe(true);
  expect(stretches.last?.spans.map(({ startMs }) => startMs)).toEqual([900, 1_050, 1_100, 1_500]);
});

test("under another cooldown a span at the end is taken in; a late one may end the stretch and is not", () => {
  const stretches = under([0, 600], [1_000, 60]);
  stretches.rebuild([moment(900), moment(1_400)]);
  expect(stretches.absorb(moment(1_450))).toBe(true);
  expect(stretches.absorb(moment(1_100))).toBe(false);
});
