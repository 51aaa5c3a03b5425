import fc from "fast-check";
import { expect, test } from "vitest";
import { GroupAccount } from "../../src/metering/group-account.ts";

interface Life {
  ppid: number;
  own: number;
  waited: number;
}

/** A family as the kernel keeps it: pid 1 is the leader, which never ends; orphans go to pid 0, outside the group. */
class Family {
  readonly living = new Map<number, Life>([[1, { ppid: 0, own: 0, waited: 0 }]]);
  /** All the time that anybody ever used. */
  used = 0;
  #last = 1;

  at(index: number): number {
    const pids = [...this.living.keys()];
    return pids[index % pids.length] ?? 1;
  }

  fork(pid: number): void {
    this.living.set(++this.#last, { ppid: pid, own: 0, waited: 0 });
  }

  work(pid: number, ticks: number): void {
    const life = this.living.get(pid);
    if (life === undefined) return;
    life.own += ticks;
    this.used += ticks;
  }

  die(pid: number): void {
    const life = this.living.get(pid);
    if (life === undefined || pid === 1) return;
    this.living.delete(pid);
    for (const other of this.living.values()) if (other.ppid === pid) other.ppid = 0;
    const parent = this.living.get(life.ppid);
    if (parent !== undefined) parent.waited += life.own + life.waited;
  }

  read(account: GroupAccount, known: Set<number>, between: () => void = () => undefined): void {
    let reads = 0;
    for (const pid of [...known, ...[...this.living.keys()].filter((each) => !known.has(each))]) {
      const life = this.living.get(pid);
      if (life === undefined) {
        account.vanished(pid);
        known.delete(pid);
      } else {
        account.book(pid, { ppid: life.ppid, ownTicks: life.own, waitedTicks: life.waited });
        known.add(pid);
      }
      if (reads++ === 1) between();
    }
    account.settle();
  }
}

const deed = fc.oneof(
  fc.record({ do: fc.constant("fork" as const), who: fc.nat(20) }),
  fc.record({ do: fc.constant("work" as const), who: fc.nat(20), ticks: fc.nat(50) }),
  fc.record({ do: fc.constant("die" as const), who: fc.nat(20) }),
  fc.record({ do: fc.constant("sweep" as const), who: fc.nat(20) }),
  fc.record({ do: fc.constant("sweep-while-one-dies" as const), who: fc.nat(20) }),
);

test("whatever a family does, its total never goes down and no tick is counted twice", () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 80 }), (deeds) => {
      const family = new Family();
      const account = new GroupAccount();
      const known = new Set<number>();
      let before = 0;
      for (const each of [...deeds, { do: "sweep" as const, who: 0 }]) {
        const pid = family.at(each.who);
        if (each.do === "fork") family.fork(pid);
        else if (each.do === "work") family.work(pid, each.ticks);
        else if (each.do === "die") family.die(pid);
        else family.read(account, known, () => each.do === "sweep-while-one-dies" && family.die(pid));
        expect(account.ticks).toBeGreaterThanOrEqual(before);
        expect(account.ticks).toBeLessThanOrEqual(family.used);
        before = account.ticks;
      }
    }),
    { numRuns: 1_000 },
  );
});

test("when every child is waited for by its parent, not one tick is lost", () => {
  const leaf = fc.record({ ticks: fc.nat(50), sweep: fc.boolean(), who: fc.nat(20), dies: fc.boolean() });
  fc.assert(
    fc.property(fc.array(leaf, { maxLength: 60 }), (deeds) => {
      const family = new Family();
      const account = new GroupAccount();
      const known = new Set<number>();
      for (const { ticks, sweep, who, dies } of deeds) {
        const pid = family.at(who);
        family.work(pid, ticks);
        const hasChildren = [...family.living.values()].some(({ ppid }) => ppid === pid);
        if (!dies) family.fork(pid);
        else if (!hasChildren) family.die(pid);
        if (sweep) family.read(account, known);
      }
      family.read(account, known);
      expect(account.ticks).toBe(family.used);
    }),
    { numRuns: 500 },
  );
});
