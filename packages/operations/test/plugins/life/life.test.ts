import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Life,
  type LifeEffect,
  type LifeEvent,
  type Phase,
  step,
  unborn,
} from "../../../src/plugins/life/life.ts";

const PHASES: readonly Phase[] = ["initialize", "activate", "suspend", "flush", "unload"];

/** A life walked through, with all that came of it. */
function lived(events: readonly LifeEvent[], from: Life = unborn): { life: Life; effects: LifeEffect[] } {
  let life = from;
  const effects: LifeEffect[] = [];
  for (const event of events) {
    const next = step(life, event);
    life = next.life;
    effects.push(...next.effects);
  }
  return { life, effects };
}

function words(effects: readonly LifeEffect[]): string[] {
  return effects.map((effect) => {
    if (effect.do === "hook") return `on ${effect.hook}`;
    return effect.do === "end" ? `end${effect.isFlushed ? " flushed" : ""}` : `${effect.do} ${effect.phase}`;
  });
}

const begun: LifeEvent[] = [
  { type: "spawned" },
  { type: "greeted", lifecycle: true },
  { type: "answered", phase: "initialize" },
  { type: "answered", phase: "activate" },
];

test("one that knows lifecycle is initialized, then activated, each once it said so", () => {
  const { life, effects } = lived(begun);
  expect(life).toMatchObject({ state: "active", asked: null });
  expect(words(effects)).toEqual(["on load", "ask initialize", "on initialize", "ask activate", "on activate"]);
});

test("one that does not know it works from its first word on, and is not asked to", () => {
  const { life, effects } = lived([{ type: "spawned" }, { type: "greeted", lifecycle: false }]);
  expect(life.state).toBe("active");
  expect(words(effects)).toEqual(["on load", "on initialize", "on activate"]);
});

test("who leaves is suspended, flushed and unloaded before its process ends", () => {
  const { life, effects } = lived(
    [
      { type: "leave" },
      { type: "answered", phase: "suspend" },
      { type: "answered", phase: "flush" },
      { type: "answered", phase: "unload" },
      { type: "ending" },
      { type: "ended", comesBack: false },
    ],
    lived(begun).life,
  );
  expect(life).toEqual({ ...unborn, state: "unloaded" });
  expect(words(effects)).toEqual(["ask suspend", "on suspend", "ask flush", "ask unload", "on unload", "end flushed"]);
});

test("a crash suspends it, and the next process is initialized anew", () => {
  const { life, effects } = lived([{ type: "ended", comesBack: true }, ...begun], lived(begun).life);
  expect(life.state).toBe("active");
  expect(words(effects)).toEqual(["on suspend", "ask initialize", "on initialize", "ask activate", "on activate"]);
});

test("one that dies on its way out is not started again", () => {
  const leaving = lived([...begun, { type: "leave" }]).life;
  const { life, effects } = lived([{ type: "ended", comesBack: true }], leaving);
  expect(life).toEqual({ ...unborn, state: "unloaded" });
  expect(words(effects)).toEqual(["on suspend", "on unload", "end"]);
});

test("who does not say that it began is complained of once, and may still say it", () => {
  const late: LifeEvent[] = [
    { type: "spawned" },
    { type: "greeted", lifecycle: true },
    { type: "late", phase: "initialize" },
    { type: "late", phase: "initialize" },
  ];
  const { life, effects } = lived(late);
  expect(life).toMatchObject({ state: "loaded", isLate: true });
  expect(words(effects)).toEqual(["on load", "ask initialize", "complain initialize"]);
  const after = lived([{ type: "answered", phase: "initialize" }], life);
  expect(after.life).toMatchObject({ state: "initialized", isLate: false, asked: "activate" });
});

const happening: fc.Arbitrary<LifeEvent> = fc.oneof(
  fc.constant<LifeEvent>({ type: "spawned" }),
  fc.boolean().map<LifeEvent>((lifecycle) => ({ type: "greeted", lifecycle })),
  fc.record({ type: fc.constantFrom("answered" as const, "late" as const), phase: fc.constantFrom(...PHASES) }),
  fc.constantFrom<LifeEvent>({ type: "suspend" }, { type: "activate" }, { type: "leave" }, { type: "ending" }),
  fc.boolean().map<LifeEvent>((comesBack) => ({ type: "ended", comesBack })),
);
/** Mostly what would follow, so that sequences get somewhere. */
const turn = fc.oneof({ weight: 2, arbitrary: happening }, { weight: 3, arbitrary: fc.constant("as asked" as const) });

function following(life: Life, next: LifeEvent | "as asked"): LifeEvent {
  if (next !== "as asked") return next;
  return life.asked === null ? { type: "activate" } : { type: "answered", phase: life.asked };
}

test("whatever happens, hooks come in their order, none twice, and each that was entered is left", () => {
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 60 }), (turns) => {
      let life = unborn;
      const hooks: string[] = [];
      for (const next of turns) {
        const after = step(life, following(life, next));
        life = after.life;
        for (const effect of after.effects) if (effect.do === "hook") hooks.push(effect.hook);
      }
      for (const effect of lived([{ type: "leave" }, { type: "ended", comesBack: false }], life).effects)
        if (effect.do === "hook") hooks.push(effect.hook);
      expect(hooks.join(" ")).toMatch(/^((^| )load( initialize( activate suspend)*)* unload)*$/);
    }),
    { numRuns: 1_000 },
  );
});

test("whatever happens, a process is asked in order: suspend and activate take turns, unload is the last", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(turn, { maxLength: 60 }), (speaks, turns) => {
      let life = unborn;
      let asked: string[] = [];
      for (const next of turns) {
        const event = following(life, next);
        if (event.type === "spawned" || event.type === "ending" || event.type === "ended") asked = [];
        const after = step(life, event.type === "greeted" ? { type: "greeted", lifecycle: speaks } : event);
        life = after.life;
        for (const effect of after.effects) {
          if (effect.do !== "ask") continue;
          expect(life).toMatchObject({ asked: effect.phase, listens: true });
          asked.push(effect.phase);
        }
        const whole = speaks
          ? /^(initialize( activate( suspend activate)*( suspend)?)?)?( flush( unload)?)?$/
          : /^(suspend( activate suspend)*( activate| flush)?)?$/;
        expect(asked.join(" ")).toMatch(whole);
        if (life.asked !== null) expect(life.listens).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("wherever it stands, who is to leave comes to its end, answering or not, and is told to once", () => {
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 40 }), fc.array(fc.boolean()), (turns, answers) => {
      let life = unborn;
      for (const next of turns) life = step(life, following(life, next)).life;
      const effects: LifeEffect[] = [];
      const take = (event: LifeEvent) => {
        const after = step(life, event);
        life = after.life;
        effects.push(...after.effects);
      };
      const wasLeaving = life.isLeaving && life.asked === null;
      take({ type: "leave" });
      for (let rounds = 0; life.asked !== null; rounds += 1) {
        expect(rounds).toBeLessThan(4);
        take({ type: answers[rounds] === false ? "late" : "answered", phase: life.asked });
      }
      expect(effects.filter((effect) => effect.do === "end")).toHaveLength(wasLeaving ? 0 : 1);
      take({ type: "ended", comesBack: true });
      expect(["discovered", "unloaded"]).toContain(life.state);
    }),
    { numRuns: 1_000 },
  );
});
