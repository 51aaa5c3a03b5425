import type { Segment } from "@mimolo/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { recordDraft } from "./records.ts";
import { FakeClient, World } from "./world.ts";

const deed = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(recordDraft, { minLength: 1, maxLength: 6 })
      .map((drafts) => ({ do: "commit", drafts }) as const),
  },
  { weight: 4, arbitrary: fc.constantFrom(10, 60, 20_000, 400_000).map((ms) => ({ do: "pass", ms }) as const) },
  { weight: 5, arbitrary: fc.nat(2).map((who) => ({ do: "read", who }) as const) },
  { weight: 3, arbitrary: fc.constant({ do: "rest" } as const) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }).map((lines) => ({ do: "chatter", lines }) as const) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("cut" as const), who: fc.nat(2), part: fc.constantFrom(0, 0.3, 0.8, 1) }),
  },
  { weight: 2, arbitrary: fc.nat(2).map((who) => ({ do: "connect", who }) as const) },
);

function inOrder(segments: Iterable<Segment>): Segment[] {
  return [...segments].toSorted((a, b) => a.start.localeCompare(b.start) || a.id.localeCompare(b.id));
}

const everything = [["evidence:*", "segment:*"], ["*"], ["segment:*"]];

test("however often a client is cut off and comes back, it misses no record and ends with the timeline", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 60 }), async (deeds) => {
      const world = new World();
      const clients = everything.map(() => new FakeClient(world));
      const connect = (who: number) => clients[who]?.subscriber === null && clients[who].connect(everything[who] ?? []);
      for (const step of deeds) {
        if (step.do === "commit") world.commit(step.drafts);
        else if (step.do === "pass") world.pass(step.ms);
        else if (step.do === "read") clients[step.who]?.read();
        else if (step.do === "rest") await world.rest();
        else if (step.do === "chatter") world.chatter(step.lines);
        else if (step.do === "cut") clients[step.who]?.cut(step.part);
        else connect(step.who);
      }
      for (const client of clients) {
        if (client.closed !== null) client.cut(0);
        connect(clients.indexOf(client));
      }
      world.pass(100);
      for (let idle = 0; idle < 3; ) {
        await world.rest();
        idle = clients.map((client) => client.read()).some(Boolean) ? 0 : idle + 1;
      }
      const { segments, open } = world.timeline();
      const expected = inOrder([...segments, ...(open === null ? [] : [open])]);
      for (const client of clients) {
        expect(client.faults).toEqual([]);
        expect(inOrder(client.segments.values())).toEqual(expected);
      }
      for (const client of clients.slice(0, 2))
        expect(new Set(client.seqs)).toEqual(new Set(world.records.map(({ seq }) => seq)));
    }),
    { numRuns: 150 },
  );
});
