// Who listens: every manner, over both transports, to different things.
import { listen } from "./listener.mjs";

const interests = {
  everything: ["*"],
  both: ["evidence:committed", "segment:*"],
  evidence: ["evidence:*"],
  segments: ["segment:*"],
};

/** @param {import("./world.mjs").World} world @param {import("../faults/random.mjs").Random} random */
export function audience(world, random) {
  const inTheWay = [];
  const listeners = /** @type {import("./listener.mjs").Listener[]} */ ([]);
  for (const by of /** @type {const} */ (["tcp", "socket"])) {
    for (const manner of /** @type {const} */ (["stays", "leaves", "dawdles"])) {
      for (const [what, subscribe] of Object.entries(interests)) {
        const name = `${by}, ${manner}, ${what}:`;
        listeners.push(listen({ name, reach: () => world.reach(by), subscribe, manner, random }));
      }
    }
    const manner = "never reads";
    inTheWay.push(
      listen({ name: `${by}, ${manner}:`, reach: () => world.reach(by), subscribe: ["*"], manner, random }),
    );
  }
  const forgetful = listen({
    name: "one that does not resume",
    reach: () => world.reach("tcp"),
    subscribe: interests.both,
    manner: "forgets",
    random,
  });
  return { listeners, forgetful, inTheWay };
}
