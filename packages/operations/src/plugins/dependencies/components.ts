/** Groups of plugins that need each other in a circle; almost every group holds one. */
export interface Components {
  /** Each after all groups that it needs, otherwise in the order asked for. */
  readonly order: readonly (readonly string[])[];
  /** The group of each, by its place in `order`. */
  readonly of: ReadonlyMap<string, number>;
}

interface Visit {
  readonly id: string;
  readonly next: Iterator<string>;
}

/** What can be reached from `roots`, by Tarjan's algorithm; no chain is too long for it. */
export function componentsOf(roots: readonly string[], needsOf: (id: string) => readonly string[]): Components {
  const order: string[][] = [];
  const of = new Map<string, number>();
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const path: Visit[] = [];
  const enter = (id: string) => {
    index.set(id, index.size);
    low.set(id, index.size - 1);
    open.push(id);
    path.push({ id, next: needsOf(id)[Symbol.iterator]() });
  };
  const lower = (id: string, to: number) => low.set(id, Math.min(low.get(id) ?? to, to));
  for (const root of roots) {
    if (!index.has(root)) enter(root);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { value: need, done } = visit.next.next();
      if (done !== true) {
        if (!index.has(need)) enter(need);
        else if (!of.has(need)) lower(visit.id, index.get(need) ?? 0);
        continue;
      }
      path.pop();
      const own = low.get(visit.id) ?? 0;
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent.id, own);
      if (own !== index.get(visit.id)) continue;
      const group = open.splice(open.lastIndexOf(visit.id));
      for (const id of group) of.set(id, order.length);
      order.push(group);
    }
  }
  return { order, of };
}
