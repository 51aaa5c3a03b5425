import { manualClock } from "@mimolo/agent-sdk/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DependencyOrder, type Ordered } from "../../src/agents/dependency-order.ts";

function agent(label: string, needs: readonly string[] = [], pluginId = `acme.${label}`): Ordered {
  const dependencies = Object.fromEntries(needs.map((need) => [`acme.${need}`, "*"]));
  const manifest = { dependencies } as unknown as Ordered["plan"]["program"]["manifest"];
  return { label, plan: { pluginId, program: { kind: "found", files: [], digest: null, manifest, folder: null } } };
}

const team = [
  agent("top", ["mid", "low"]),
  agent("other"),
  agent("mid", ["low"]),
  agent("low"),
  agent("low-2", [], "acme.low"),
  agent("alone", ["gone"]),
];

test("what is needed comes before those that need it, everything else stays where it was", () => {
  const order = new DependencyOrder(team);
  expect(order.sorted.map(({ label }) => label)).toEqual(["low", "low-2", "mid", "top", "other", "alone"]);
  expect(order.needs(team[0] ?? agent("x")).map(({ label }) => label)).toEqual(["mid", "low", "low-2"]);
});

test("those that need others end before them, and nobody waits for strangers", async () => {
  const clock = manualClock();
  const asked: string[] = [];
  const gone = new Map<string, () => void>();
  const end = ({ label }: Ordered) => {
    asked.push(label);
    return new Promise<void>((resolve) => gone.set(label, resolve));
  };
  const all = new DependencyOrder(team).end(end, { clock, patienceMs: 1_000 });
  expect(asked).toEqual(["alone", "other", "top"]);
  gone.get("top")?.();
  await settle();
  expect(asked.slice(3)).toEqual(["mid"]);
  gone.get("mid")?.();
  await settle();
  expect(asked.slice(4).toSorted()).toEqual(["low", "low-2"]);
  for (const resolve of gone.values()) resolve();
  await all;
  expect(clock.pending).toBe(0);
});

test("who does not go is waited for as long as there is patience, for all together", async () => {
  const clock = manualClock();
  const asked: string[] = [];
  const stuck = new Promise<void>(() => {});
  void new DependencyOrder(team).end(
    ({ label }) => {
      asked.push(label);
      return stuck;
    },
    { clock, patienceMs: 1_000 },
  );
  clock.advance(999);
  await settle();
  expect(asked).toEqual(["alone", "other", "top"]);
  clock.advance(1);
  await settle();
  expect(asked.toSorted()).toEqual(team.map(({ label }) => label).toSorted());
});

test("an end that fails holds up nobody else, and is told", async () => {
  const asked: string[] = [];
  const ending = new DependencyOrder(team).end(
    ({ label }) => {
      asked.push(label);
      return label === "top" ? Promise.reject(new Error("stuck")) : Promise.resolve();
    },
    { clock: manualClock(), patienceMs: 1_000 },
  );
  await expect(ending).rejects.toThrow("stuck");
  await settle();
  expect(asked).toHaveLength(team.length);
});

test("whoever needs whom, every one is asked to end once, and in circles too", async () => {
  const labels = ["a", "b", "c", "d", "e", "f"];
  const needs = fc.tuple(...labels.map(() => fc.subarray(labels, { maxLength: 3 })));
  await fc.assert(
    fc.asyncProperty(needs, async (all) => {
      const agents = labels.map((label, at) => agent(label, all[at]));
      const asked: string[] = [];
      await new DependencyOrder(agents).end(
        async ({ label }) => {
          asked.push(label);
          await Promise.resolve();
        },
        { clock: manualClock(), patienceMs: 1_000 },
      );
      expect(asked.toSorted()).toEqual(labels);
    }),
    { numRuns: 200 },
  );
});

async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
}
