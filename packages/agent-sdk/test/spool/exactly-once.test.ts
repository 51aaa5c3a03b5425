// Whatever happens between an agent, its disk and its collector: what was sent arrives, once.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { memorySpool } from "../../src/testing/memory-spool.ts";
import { ModelledCollector } from "./modelled-collector.ts";
import { MortalAgent } from "./mortal-agent.ts";

type Step =
  | { readonly do: "say"; readonly times: number; readonly bytes: number }
  | { readonly do: "read"; readonly lines: number }
  | { readonly do: "doom"; readonly calls: number }
  | { readonly do: "fault"; readonly isOn: boolean }
  | { readonly do: "commit" | "tell" | "kill" | "lose" | "end" | "crash" | "copy" | "restore" | "delete" };

const only = (...names: ("commit" | "tell" | "kill" | "lose" | "end" | "crash" | "copy" | "restore" | "delete")[]) =>
  fc.record({ do: fc.constantFrom(...names) });
const says = fc.record({
  do: fc.constant("say" as const),
  times: fc.integer({ min: 1, max: 12 }),
  bytes: fc.oneof(fc.constant(40), fc.integer({ min: 0, max: 60_000 })),
});
const reads = fc.record({ do: fc.constant("read" as const), lines: fc.integer({ min: 1, max: 30 }) });
const dooms = fc.record({ do: fc.constant("doom" as const), calls: fc.integer({ min: 1, max: 6 }) });
const faults = fc.record({ do: fc.constant("fault" as const), isOn: fc.boolean() });

class World {
  readonly disk = memorySpool();
  readonly collector = new ModelledCollector();
  readonly sent = new Set<string>();
  #agent: MortalAgent;
  #copy = new Map(this.disk.files);
  #said = 0;

  constructor() {
    this.#agent = this.#start();
  }

  step(step: Step): void {
    if (this.#agent.isDead) this.#agent = this.#start();
    switch (step.do) {
      case "say":
        for (let time = 0; time < step.times && this.#agent.hasRoom; time++) {
          this.#said += 1;
          this.#agent.say(`t${this.#said}`, step.bytes);
        }
        break;
      case "read":
        this.#read(step.lines);
        break;
      case "doom":
        this.#agent.doom(step.calls);
        break;
      case "fault":
        this.disk.fault = step.isOn ? new Error("ENOSPC") : null;
        break;
      case "commit":
        this.collector.commit();
        break;
      case "tell":
        this.#tell();
        break;
      case "lose":
        // Killed, and what it had put into the pipe goes with it.
        this.#agent.pipe.length = 0;
        this.#next();
        break;
      case "kill":
        this.#next();
        break;
      case "end":
        this.#agent.close();
        this.#next();
        break;
      case "crash":
        // Its agents and their pipes go with it.
        this.#agent.pipe.length = 0;
        this.collector.crash();
        this.#next();
        break;
      case "copy":
        this.#copy = new Map(this.disk.files);
        break;
      case "restore":
      case "delete":
        this.disk.files.clear();
        if (step.do === "restore") for (const [name, file] of this.#copy) this.disk.files.set(name, file);
        this.#next();
        break;
    }
    for (const text of this.#agent.sent) this.sent.add(text);
  }

  /** All goes well for as long as it takes. */
  settle(): void {
    this.disk.fault = null;
    for (let round = 0; round < 4; round++) {
      this.step({ do: "kill" });
      for (let turn = 0; turn < 40; turn++) {
        this.step({ do: "read", lines: 5000 });
        this.step({ do: "commit" });
        this.step({ do: "tell" });
      }
    }
  }

  #read(lines: number): void {
    for (const line of this.#agent.pipe.splice(0, lines)) this.collector.take(line, this.#agent.stream);
  }

  #tell(): void {
    for (const stream of this.collector.streams) this.#agent.committed(this.collector.committed(stream));
  }

  #next(): void {
    this.#agent = this.#start();
  }

  #start(): MortalAgent {
    // A collector reads to its end what a dead agent had put into the pipe, and commits it before it answers the next.
    if (this.#agent !== undefined) this.#read(Infinity);
    this.collector.commit();
    const agent = new MortalAgent(this.disk);
    agent.committed(this.collector.committed(agent.stream));
    return agent;
  }
}

function ledgerTexts({ collector }: World): string[] {
  return collector.ledger.map(({ text }) => text);
}

function expectOnceEach(texts: readonly string[]): void {
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
}

test("kills of both sides, torn tails, kills between any two changes of the disk: all that was sent is there, once", () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: says },
    { weight: 3, arbitrary: reads },
    { weight: 2, arbitrary: dooms },
    { weight: 5, arbitrary: only("commit", "tell", "kill", "lose", "end", "crash") },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const world = new World();
      for (const each of steps) world.step(each);
      world.settle();
      const texts = ledgerTexts(world);
      expectOnceEach(texts);
      expect([...world.sent].filter((text) => !texts.includes(text))).toEqual([]);
      expect(world.collector.missing).toBe(0);
      expect(world.disk.lines()).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test("a disk that fails and recovers, on top: nothing is doubled, and what is missing is known by its number", () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: says },
    { weight: 3, arbitrary: reads },
    { weight: 2, arbitrary: faults },
    { weight: 4, arbitrary: only("commit", "tell", "kill", "lose", "end", "crash") },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const world = new World();
      for (const each of steps) world.step(each);
      world.settle();
      expectOnceEach(ledgerTexts(world));
      const lost = [...world.sent].filter((text) => !ledgerTexts(world).includes(text));
      // Only with its pipe can go what no disk would take.
      if (!steps.some((each) => each.do === "crash" || each.do === "lose")) expect(lost).toEqual([]);
      expect(world.disk.lines()).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test("a spool deleted, or put back from an old copy, at any time: all that was committed is there, once", () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: says },
    { weight: 3, arbitrary: reads },
    { weight: 1, arbitrary: dooms },
    { weight: 6, arbitrary: only("commit", "tell", "kill", "lose", "end", "crash", "copy", "restore", "delete") },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const world = new World();
      for (const each of steps) world.step(each);
      const committed = ledgerTexts(world);
      world.settle();
      const texts = ledgerTexts(world);
      expectOnceEach(texts);
      expect(texts.slice(0, committed.length)).toEqual(committed);
      // The stream that is used from now on works: what it says arrives.
      const before = new Set(world.sent);
      world.step({ do: "say", times: 5, bytes: 40 });
      world.settle();
      const news = [...world.sent].filter((text) => !before.has(text));
      expect(news).toHaveLength(5);
      expect(ledgerTexts(world)).toEqual(expect.arrayContaining(news));
    }),
    { numRuns: 150 },
  );
});
