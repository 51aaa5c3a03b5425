import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CpuHistory } from "../../src/budgets/cpu-history.ts";
import { type CpuFinding, type CpuTick, CpuWatch, HISTORY_MS } from "../../src/budgets/cpu-watch.ts";

/** A process read every five seconds from the moment it runs; its start-up is over at the first reading from 5 s on. */
class Process {
  atMs = 0;
  cpuMs = 80;
  readonly history = new CpuHistory(HISTORY_MS);
  readonly watch = new CpuWatch(this.history);
  readonly findings: (CpuFinding & { atMs: number })[] = [];
  readonly budgetPercent: number;

  constructor(budgetPercent = 0.1) {
    this.budgetPercent = budgetPercent;
    this.#read(false);
  }

  /** Runs for so many seconds at so many percent of a core. */
  run(seconds: number, percent: number, how: Partial<CpuTick> = {}): this {
    for (let second = 0; second < seconds; second += 5) {
      this.atMs += 5_000;
      this.cpuMs += (5_000 * percent) / 100;
      this.#read(how.intensive ?? false);
    }
    return this;
  }

  get last(): CpuFinding | undefined {
    return this.findings.at(-1);
  }

  #read(intensive: boolean): void {
    const { atMs, cpuMs, budgetPercent } = this;
    this.history.add({ atMs, cpuMs });
    const findings = this.watch.judge({ atMs, budgetPercent, settled: atMs >= 5_000, intensive });
    this.findings.push(...findings.map((finding) => ({ ...finding, atMs })));
  }
}

test("a process within its budget is left alone, whatever its start cost", () => {
  const process = new Process();
  process.cpuMs += 4_000;
  process.run(5, 10).run(600, 0.09);
  expect(process.findings).toEqual([]);
});

test("over budget is found when the minute after the start-up is full, not before", () => {
  const process = new Process().run(60, 1);
  expect(process.findings).toEqual([]);
  process.run(5, 1);
  expect(process.findings).toEqual([{ type: "throttled", factor: 2, percent: 1, first: true, atMs: 65_000 }]);
});

test("a process that has been within its budget for half a minute is not slowed down for what it cost before", () => {
  const process = new Process().run(35, 5).run(600, 0.09);
  expect(process.findings).toEqual([]);
  const still = new Process().run(40, 5).run(25, 0.09);
  expect(still.last).toMatchObject({ type: "throttled", factor: 2, atMs: 65_000 });
});

test("each further minute over budget doubles the factor, up to sixteen", () => {
  const process = new Process().run(600, 1);
  expect(process.findings.map((each) => [each.atMs, each.type === "throttled" && each.factor])).toEqual([
    [65_000, 2],
    [125_000, 4],
    [185_000, 8],
    [245_000, 16],
  ]);
});

test("back under its budget, it is restored; over it again, it is slowed without a second warning", () => {
  const process = new Process().run(65, 1).run(120, 0.05);
  expect(process.last).toMatchObject({ type: "restored", atMs: 125_000 });
  expect(process.watch.factor).toBe(1);
  process.run(15, 1);
  expect(process.last).toMatchObject({ type: "throttled", factor: 2, first: false });
});

test("a restored process is judged again by a full minute of its own", () => {
  const process = new Process().run(65, 1).run(55, 0);
  expect(process.last).toMatchObject({ type: "restored", atMs: 120_000 });
  const { length } = process.findings;
  process.run(55, 1);
  expect(process.findings).toHaveLength(length);
  process.run(5, 1);
  expect(process.last).toMatchObject({ type: "throttled", factor: 2 });
});

test("over a quarter of a core for 15 s is a breach, for 10 s it is not", () => {
  const process = new Process().run(10, 100);
  expect(process.findings).toEqual([]);
  process.run(5, 100);
  expect(process.last).toEqual({ type: "breach", percent: 100, limitPercent: 25, windowMs: 15_000, atMs: 15_000 });
});

test("exactly a quarter of a core is none", () => {
  expect(new Process(30).run(60, 25).findings).toEqual([]);
  expect(new Process(1).run(15, 25).findings).toEqual([]);
});

test("over five percent for five minutes is a breach, for less it is not", () => {
  const process = new Process().run(295, 6);
  expect(process.findings.filter(({ type }) => type === "breach")).toEqual([]);
  process.run(5, 6);
  expect(process.last).toMatchObject({ type: "breach", limitPercent: 5, windowMs: 300_000, atMs: 300_000 });
  expect(process.findings.at(-1)).toHaveProperty("percent", expect.closeTo(6, 6));
});

test("whoever was granted more than a hard limit may use it", () => {
  expect(new Process(30).run(900, 29).findings).toEqual([]);
  expect(new Process(30).run(15, 31).last).toMatchObject({ type: "breach", limitPercent: 30 });
});

test("a declared burst may take a whole core, and is not held against it afterwards", () => {
  const process = new Process().run(300, 95, { intensive: true }).run(300, 0.05);
  expect(process.findings).toEqual([]);
});

test("a declared burst of more than a core is a breach", () => {
  const process = new Process().run(20, 180, { intensive: true });
  expect(process.last).toMatchObject({ type: "breach", limitPercent: 100 });
});

test("a burst declared while slowed restores the agent's pace", () => {
  const process = new Process().run(65, 1).run(5, 90, { intensive: true });
  expect(process.last).toMatchObject({ type: "restored", percent: null });
  expect(process.watch.factor).toBe(1);
});

test("whatever it uses: readings are bounded, the factor is a power of two to sixteen, within budget finds nothing", () => {
  const paces = fc.array(
    fc.record({ seconds: fc.integer({ min: 5, max: 400 }), percent: fc.double({ min: 0, max: 150, noNaN: true }) }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(paces, fc.double({ min: 0.01, max: 200, noNaN: true }), (parts, budget) => {
      const process = new Process(budget);
      for (const { seconds, percent } of parts) process.run(seconds, percent);
      expect(process.history.length).toBeLessThanOrEqual(61);
      expect([1, 2, 4, 8, 16]).toContain(process.watch.factor);
      if (parts.every(({ percent }) => percent < budget * 0.999)) expect(process.findings).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
