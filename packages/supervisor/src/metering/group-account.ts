/** One process of a group, as far as its CPU time is booked. Ticks. */
interface Booked {
  readonly pid: number;
  ppid: number;
  ownTicks: number;
  waitedTicks: number;
  /** By how much `waitedTicks` grew in this sweep. */
  grownTicks: number;
  /** Time of dead descendants that was booked while they lived, and appears again in `waitedTicks`: in this sweep or the next. */
  owedTicks: number;
  owedBeforeTicks: number;
}

/** The CPU time of one process group, in ticks; never goes down. What a process used is booked once: when it died and was
 *  waited for, its time appears again in its parent's waited-for children, and is taken off there. */
export class GroupAccount {
  readonly #living = new Map<number, Booked>();
  #dead: Booked[] = [];
  #ticks = 0;

  get ticks(): number {
    return this.#ticks;
  }

  /** What a living process shows. In each sweep parents must be read before their children. */
  book(pid: number, now: { ppid: number; ownTicks: number; waitedTicks: number }): void {
    const { ppid, ownTicks, waitedTicks } = now;
    const known = this.#living.get(pid);
    if (known === undefined) {
      this.#ticks += ownTicks + waitedTicks;
      this.#living.set(pid, { pid, ppid, ownTicks, waitedTicks, grownTicks: 0, owedTicks: 0, owedBeforeTicks: 0 });
      return;
    }
    this.#ticks += Math.max(0, ownTicks - known.ownTicks);
    known.grownTicks += Math.max(0, waitedTicks - known.waitedTicks);
    known.ppid = ppid;
    known.ownTicks = Math.max(ownTicks, known.ownTicks);
    known.waitedTicks = Math.max(waitedTicks, known.waitedTicks);
  }

  /** A process that is gone. Its time stays booked. */
  vanished(pid: number): void {
    const known = this.#living.get(pid);
    if (known === undefined) return;
    this.#living.delete(pid);
    this.#dead.push(known);
  }

  /** The end of a sweep: what the living waited for is booked, less what was booked when it was still alive. */
  settle(): void {
    if (this.#dead.length > 0) this.#bequeath();
    for (const each of this.#living.values()) {
      const owedTicks = each.owedTicks + each.owedBeforeTicks;
      this.#ticks += Math.max(0, each.grownTicks - owedTicks);
      // A parent is read before its children, so it may have waited for one in between and show it only at the next sweep.
      // What it does not show then, it never waited for.
      each.owedBeforeTicks = Math.min(Math.max(0, owedTicks - each.grownTicks), each.owedTicks);
      each.owedTicks = 0;
      each.grownTicks = 0;
    }
  }

  /** What the dead were booked with is owed by who waited for them. */
  #bequeath(): void {
    const dead = new Map(this.#dead.map((each) => [each.pid, each]));
    for (const each of this.#dead) {
      const heir = this.#heirOf(each, dead);
      if (heir === null) continue;
      const { ownTicks, waitedTicks, grownTicks, owedTicks, owedBeforeTicks } = each;
      heir.owedTicks += ownTicks + waitedTicks - grownTicks + owedTicks + owedBeforeTicks;
    }
    this.#dead = [];
  }

  /** The nearest ancestor that still lives: who waited for it, or for those between. */
  #heirOf(of: Booked, dead: ReadonlyMap<number, Booked>): Booked | null {
    const passed = new Set<number>();
    for (let pid = of.ppid; !passed.has(pid); ) {
      const living = this.#living.get(pid);
      if (living !== undefined) return living;
      passed.add(pid);
      pid = dead.get(pid)?.ppid ?? pid;
    }
    return null;
  }
}
