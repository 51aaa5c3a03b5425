import { expect, test } from "vitest";
import { PolicyBook, DEFAULT_POLICY } from "../../src/policy.ts";
import type { Observation } from "../../src/timeline/observation.ts";
import type { Stretch } from "../../src/timeline/fold.ts";
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
  for (const atMs of [1_500, 1_050]) expect(stretches.homeOf(moment(atMs))).toBe(stretches.last);
});

test("under another cooldown a span at the end is taken in; a late one may end the stretch and is not", () => {
  const stretches = under([0, 600], [1_000, 60]);
  stretches.rebuild([moment(900), moment(1_400)]);
  expect(stretches.homeOf(moment(1_450))).toBe(stretches.last);
  expect(stretches.homeOf(moment(1_100))).toBeNull();
});

test("a stretch of long ago takes late spans in as the last one does, unless they join it to the next", () => {
  const stretches = under([0, 100]);
  stretches.rebuild([moment(1_000), moment(1_050), moment(1_300)]);
  const [first] = stretches.all;
  for (const atMs of [1_020, 1_050, 1_150]) expect(stretches.homeOf(moment(atMs))).toBe(first);
  for (const atMs of [900, 1_160, 1_200, 1_250]) expect(stretches.homeOf(moment(atMs))).toBe(null);
  for (const atMs of [1_150, 1_020]) stretches.take(stretches.all[0] as Stretch, moment(atMs));
  expect(stretches.all.map(({ spans }) => spans.map(({ startMs }) => startMs))).toEqual([
    [1_000, 1_020, 1_050, 1_150],
    [1_300],
  ]);
});
