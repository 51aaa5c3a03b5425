// Webs as spiders spin them: spokes from a hub, a spiral that sags between them, threads that are missing.

/** Random numbers from 0 to 1 that are the same for the same seed. */
export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `{ nodes: [{ x, y, next: [index] }] }` between -100 and 100; node 0 is the hub. Every node can be reached. */
export function spin(seed) {
  const roll = dice(seed);
  const spokes = 12 + Math.floor(roll() * 10);
  const rings = 8 + Math.floor(roll() * 8);
  const nodes = [{ x: 0, y: 0, next: [] }];
  const join = (one, other) => {
    nodes[one].next.push(other);
    nodes[other].next.push(one);
  };
  const at = (spoke, ring) => 1 + (spoke % spokes) * rings + ring;
  for (let spoke = 0; spoke < spokes; spoke++) {
    const angle = (2 * Math.PI * (spoke + 0.5 * roll())) / spokes;
    for (let ring = 0; ring < rings; ring++) {
      // The further out, the wider: and no spider measures.
      const radius = 100 * ((ring + 1) / rings) ** 1.15 * (0.93 + 0.07 * roll());
      nodes.push({ x: radius * Math.cos(angle), y: radius * Math.sin(angle), next: [] });
      join(at(spoke, ring), ring === 0 ? 0 : at(spoke, ring - 1));
    }
  }
  for (let spoke = 0; spoke < spokes; spoke++) {
    for (let ring = 0; ring < rings; ring++) if (roll() > 0.08) join(at(spoke, ring), at(spoke + 1, ring));
  }
  return { nodes };
}

/** Goes from node `from` to node `to` by the shortest way, one node a step. Gives each node it looks at, then returns the way
 *  and its length. */
export function* travel({ nodes }, from, to) {
  const reached = new Map([[from, { length: 0, before: null }]]);
  const open = new Set([from]);
  const rest = (index) => apart(nodes[index], nodes[to]);
  while (open.size > 0) {
    let here = null;
    let best = Number.POSITIVE_INFINITY;
    for (const index of open) {
      const whole = reached.get(index).length + rest(index);
      if (whole < best) [here, best] = [index, whole];
    }
    open.delete(here);
    yield here;
    if (here === to) break;
    for (const index of nodes[here].next) {
      const length = reached.get(here).length + apart(nodes[here], nodes[index]);
      if (length >= (reached.get(index)?.length ?? Number.POSITIVE_INFINITY)) continue;
      reached.set(index, { length, before: here });
      open.add(index);
    }
  }
  const way = [];
  for (let index = to; index !== null; index = reached.get(index).before) way.unshift(index);
  return { way, length: reached.get(to).length };
}

/** The web, the way, and the fly at its end. */
export function draw({ nodes }, way) {
  const point = ({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`;
  const threads = nodes.flatMap((node, index) =>
    node.next
      .filter((other) => other > index)
      .map((other) => `M${point(node)}Q${sag(node, nodes[other])} ${point(nodes[other])}`),
  );
  const [fly] = way.slice(-1).map((index) => nodes[index]);
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-110 -110 220 220">',
    `<path d="${threads.join("")}" fill="none" stroke="#889" stroke-width=".4"/>`,
    `<polyline points="${way.map((index) => point(nodes[index])).join(" ")}" fill="none" stroke="#c33"/>`,
    `<circle cx="${fly.x.toFixed(1)}" cy="${fly.y.toFixed(1)}" r="2.5"/>`,
    "</svg>\n",
  ].join("\n");
}

function sag(one, other) {
  return `${(0.47 * (one.x + other.x)).toFixed(1)},${(0.47 * (one.y + other.y)).toFixed(1)}`;
}

function apart(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
