import type { Offer } from "@mimolo/trust/registry";
import { expect, test } from "vitest";
import { knownHere, upgradesFor } from "../../../src/plugins/registry/index.ts";
import { DeskScene } from "../../trust/desk-scene.ts";

const offer = (pluginId: string, version: string) => ({ pluginId, version }) as Offer;
const here = (id: string, version: string, dependencies: Record<string, string> = {}) => ({
  id,
  version,
  dependencies,
});

const shown = (...of: Parameters<typeof upgradesFor>) =>
  upgradesFor(...of).map(({ pluginId, from, offer: to, held }) => {
    const kept = held === null ? "" : `, ${held.offer.version} not: ${held.fault.message}`;
    return `${pluginId} ${from} → ${to?.version ?? "nothing"}${kept}`;
  });

test("an upgrade is the newest version above what is here, previews only from previews", () => {
  const offers = ["1.0.0", "1.2.0", "1.10.0", "2.0.0-rc.1"].map((version) => offer("acme.x", version));
  expect(shown([here("acme.x", "1.0.0")], offers)).toEqual(["acme.x 1.0.0 → 1.10.0"]);
  expect(shown([here("acme.x", "1.10.0")], offers)).toEqual([]);
  expect(shown([here("acme.x", "3.0.0")], offers)).toEqual([]);
  expect(shown([here("acme.x", "2.0.0-beta.1")], offers)).toEqual(["acme.x 2.0.0-beta.1 → 2.0.0-rc.1"]);
  expect(shown([here("acme.y", "1.0.0")], offers)).toEqual([]);
});

test("whom the newest would not suit holds it back, and gets the newest that does", () => {
  const offers = ["1.1.0", "2.0.0"].map((version) => offer("acme.low", version));
  const low = here("acme.low", "1.0.0");
  const message = "acme.top → acme.low: acme.low ^1 is needed, this is 2.0.0";
  expect(shown([low, here("acme.top", "1.0.0", { "acme.low": "^1" })], offers)).toEqual([
    `acme.low 1.0.0 → 1.1.0, 2.0.0 not: ${message}`,
  ]);
  const strict = "acme.top → acme.low: acme.low 1.0.0 is needed, this is 2.0.0";
  expect(shown([low], offers, [here("acme.top", "1.0.0", { "acme.low": "1.0.0" })])).toEqual([
    `acme.low 1.0.0 → nothing, 2.0.0 not: ${strict}`,
  ]);
  expect(shown([low, here("acme.top", "1.0.0", { "acme.low": "^3" })], offers)).toEqual(["acme.low 1.0.0 → 2.0.0"]);
});

test("what is here is what is installed, beside what is built in", async () => {
  const scene = new DeskScene();
  await scene.trustAuthor();
  await scene.install(await scene.packed({ id: "acme.low", version: "1.2.0" }), { grants: "all" });
  await scene.install(await scene.packed({ id: "acme.top", needs: { "acme.low": "^1" } }), { grants: "all" });
  const builtin = { plugin_id: "mimolo.clock", version: "0.4.0", default_label: "clock" };
  const found = knownHere(scene.root, [builtin as Parameters<typeof knownHere>[1][number]]);
  expect(found.installed).toEqual([
    { id: "acme.low", version: "1.2.0", dependencies: {} },
    { id: "acme.top", version: "1.0.0", dependencies: { "acme.low": "^1" } },
  ]);
  expect(found.known.map(({ id }) => id)).toEqual(["mimolo.clock", "acme.low", "acme.top"]);
  expect(found.fixed).toEqual(["mimolo.clock"]);
  expect(knownHere(`${scene.root}-not-there`, [])).toEqual({ installed: [], known: [], fixed: [] });
});
