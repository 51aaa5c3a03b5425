import fc from "fast-check";
import { expect, test } from "vitest";
import { Paper } from "./model.ts";

const seq = fc.integer({ min: 1, max: 40 });
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ do: "next" } as const) },
  { weight: 2, arbitrary: seq.map((of) => ({ do: "offer", of }) as const) },
  { weight: 2, arbitrary: seq.map((of) => ({ do: "refuse", of }) as const) },
  { weight: 3, arbitrary: fc.nat(6).map((records) => ({ do: "commit", records }) as const) },
  { weight: 1, arbitrary: fc.constant({ do: "hello" } as const) },
  { weight: 1, arbitrary: fc.constant({ do: "crash" } as const) },
  { weight: 1, arbitrary: fc.boolean().map((works) => ({ do: "disk", works }) as const) },
);
type Happening = typeof happening extends fc.Arbitrary<infer Each> ? Each : never;

function live(paper: Paper, event: Happening): void {
  switch (event.do) {
    case "next":
      return paper.offer(Math.max(0, ...paper.numbers(), ...paper.missing(), ...paper.refused) + 1);
    case "offer":
      return paper.offer(event.of);
    case "refuse":
      return paper.refuse(event.of);
    case "commit":
      return paper.commit(event.records);
    case "hello":
      return paper.hello();
    case "crash":
      return paper.crash();
    case "disk":
      paper.diskWorks = event.works;
  }
}

/** What holds of a story at every moment. */
function judge(paper: Paper): void {
  const kept = new Set(paper.numbers());
  const onDisk = new Set(paper.numbers(paper.committed));
  const settled = new Set([...paper.numbers(paper.committed), ...paper.missing(paper.committed), ...paper.refused]);
  const told = Array.from({ length: paper.told.at(-1)?.through ?? 0 }, (_, index) => index + 1);
  const found = {
    doubled: paper.numbers().length - kept.size,
    lost: [...paper.offered].filter((each) => !kept.has(each)),
    promised: told.filter((each) => !settled.has(each) || (paper.due.has(each) && !onDisk.has(each))),
  };
  expect(found).toEqual({ doubled: 0, lost: [], promised: [] });
}

test("whatever comes in whatever order, every number offered is kept exactly once, and what is told is on the disk", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (events) => {
      const paper = new Paper();
      for (const event of events) {
        live(paper, event);
        judge(paper);
      }
      paper.diskWorks = true;
      paper.commit(Number.POSITIVE_INFINITY);
      paper.hello();
      judge(paper);
    }),
    { numRuns: 1_000 },
  );
});

test("an agent that sends in order, and again from where it was told, has all of it kept once and told, whoever dies", () => {
  const step = fc.constantFrom("send", "send", "send", "commit", "agent dies", "collector dies", "disk");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.nat(4), (steps, batch) => {
      const paper = new Paper();
      let [written, sent] = [0, 0];
      const sendAgain = () => {
        sent = paper.told.at(-1)?.through ?? 0;
        while (sent < written) paper.offer(++sent);
      };
      for (const each of [...steps, "collector dies" as const, "commit" as const]) {
        if (each === "send") {
          written += 1;
          paper.offer(++sent);
        } else if (each === "commit") paper.commit(batch + 1);
        else if (each === "disk") paper.diskWorks = !paper.diskWorks;
        else {
          if (each === "collector dies") paper.crash();
          else paper.hello();
          sendAgain();
        }
      }
      paper.diskWorks = true;
      paper.commit(Number.POSITIVE_INFINITY);
      expect(paper.numbers()).toEqual(Array.from({ length: written }, (_, index) => index + 1));
      expect(paper.missing()).toEqual([]);
      expect(paper.told.at(-1)?.through).toBe(written);
    }),
    { numRuns: 500 },
  );
});

test("each refused number is named once, when it is settled", async () => {
  const line = fc.record({ good: fc.boolean(), records: fc.nat(2) });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 40 }), async (lines) => {
      const paper = new Paper();
      for (const [index, { good, records }] of lines.entries()) {
        if (good) paper.offer(index + 1);
        else paper.refuse(index + 1);
        paper.commit(records);
        await Promise.resolve();
      }
      paper.commit(Number.POSITIVE_INFINITY);
      await Promise.resolve();
      expect(paper.told.at(-1)?.through ?? 0).toBe(lines.length);
      const named = paper.told.flatMap(({ refused }) => refused.map((each) => each.seq));
      expect(named).toEqual(lines.flatMap(({ good }, index) => (good ? [] : [index + 1])));
    }),
    { numRuns: 300 },
  );
});
