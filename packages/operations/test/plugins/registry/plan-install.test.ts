import { appendFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { PluginNeeds } from "../../../src/plugins/dependencies/index.ts";
import { planInstall, type PlanRequest, planNeeds } from "../../../src/plugins/registry/index.ts";
import { Registry, type Version } from "./offered.ts";

const here = (id: string, version: string, dependencies: Record<string, string> = {}): PluginNeeds => {
  return { id, version, dependencies };
};

async function planned(versions: readonly Version[], request: Omit<PlanRequest, "known"> & Partial<PlanRequest>) {
  const offers = await new Registry().with(...versions);
  return shown(await planInstall(offers, { known: [], ...request }));
}

function shown(plan: Awaited<ReturnType<typeof planInstall>>) {
  if (!plan.ok) return { code: plan.code, message: plan.message, faults: plan.faults.map(({ code }) => code) };
  return plan.packages.map(({ offer, replaces, neededBy }) => {
    const why = neededBy.length === 0 ? "" : ` for ${neededBy.join(" and ")}`;
    return `${offer.pluginId} ${offer.version}${replaces === null ? "" : ` over ${replaces}`}${why}`;
  });
}

test("what it needs comes in first, each in the newest version that suits everyone", async () => {
  const versions: Version[] = [
    { id: "acme.low", version: "1.0.0" },
    { id: "acme.low", version: "1.4.0" },
    { id: "acme.low", version: "2.0.0" },
    { id: "acme.mid", version: "1.0.0", needs: { "acme.low": "^1" } },
    { id: "acme.top", version: "1.0.0", needs: { "acme.mid": "*", "acme.low": ">=1" } },
    { id: "acme.other" },
  ];
  expect(await planned(versions, { id: "acme.top" })).toEqual([
    "acme.low 1.4.0 for acme.top and acme.mid",
    "acme.mid 1.0.0 for acme.top",
    "acme.top 1.0.0",
  ]);
});

test("an older version of what is needed is taken where the newest needs what does not fit", async () => {
  const versions: Version[] = [
    { id: "acme.low", version: "1.0.0" },
    { id: "acme.mid", version: "1.0.0", needs: { "acme.low": "^1" } },
    { id: "acme.mid", version: "1.1.0", needs: { "acme.low": "^2" } },
    { id: "acme.top", needs: { "acme.mid": "^1" } },
  ];
  expect(await planned(versions, { id: "acme.top" })).toEqual([
    "acme.low 1.0.0 for acme.mid",
    "acme.mid 1.0.0 for acme.top",
    "acme.top 1.0.0",
  ]);
});

test("what is here stays where it will do, and gives way where it will not", async () => {
  const versions: Version[] = [
    { id: "acme.low", version: "1.4.0" },
    { id: "acme.top", needs: { "acme.low": "^1" } },
  ];
  const request = { id: "acme.top", known: [here("acme.low", "1.2.0")] };
  expect(await planned(versions, request)).toEqual(["acme.top 1.0.0"]);
  const newer = { id: "acme.top", known: [here("acme.low", "0.9.0")] };
  expect(await planned(versions, newer)).toEqual(["acme.low 1.4.0 over 0.9.0 for acme.top", "acme.top 1.0.0"]);
  const older = { id: "acme.top", known: [here("acme.low", "2.0.0")] };
  expect(await planned(versions, older)).toEqual({
    code: "dependency",
    message: "acme.top → acme.low: acme.low ^1 is needed, 2.0.0 is here",
    faults: ["conflict"],
  });
});

test("nobody who is here loses what it needs", async () => {
  const versions: Version[] = [
    { id: "acme.low", version: "1.5.0" },
    { id: "acme.low", version: "2.0.0" },
    { id: "acme.top", needs: { "acme.low": "^2" } },
  ];
  const known = [here("acme.low", "1.2.0"), here("acme.reader", "1.0.0", { "acme.low": "^1" })];
  expect(await planned(versions, { id: "acme.top", known })).toMatchObject({
    code: "dependency",
    message: "acme.reader → acme.low: acme.low ^1 is needed, this is 2.0.0",
  });
  // Asked for by itself, the newest that suits the reader, too.
  expect(await planned(versions, { id: "acme.low", known })).toEqual(["acme.low 1.5.0 over 1.2.0"]);
  expect(await planned(versions, { id: "acme.low", range: "2", known })).toMatchObject({ code: "dependency" });
  // One that cannot run as it is, is no reason.
  const broken = [here("acme.low", "1.2.0"), here("acme.reader", "1.0.0", { "acme.low": "^3" })];
  expect(await planned(versions, { id: "acme.low", known: broken })).toEqual(["acme.low 2.0.0 over 1.2.0"]);
});

test("whoever stands in the way and is itself replaced does not", async () => {
  const versions: Version[] = [
    { id: "acme.low", version: "2.0.0" },
    { id: "acme.mid", version: "2.0.0", needs: { "acme.low": "^2" } },
    { id: "acme.top", needs: { "acme.low": "^2", "acme.mid": "^2" } },
  ];
  const known = [here("acme.low", "1.0.0"), here("acme.mid", "1.0.0", { "acme.low": "^1" })];
  expect(await planned(versions, { id: "acme.top", known })).toEqual([
    "acme.low 2.0.0 over 1.0.0 for acme.top and acme.mid",
    "acme.mid 2.0.0 over 1.0.0 for acme.top",
    "acme.top 1.0.0",
  ]);
});

test("gaps and circles are told by their path", async () => {
  const versions: Version[] = [
    { id: "acme.mid", needs: { "acme.gone": "^1" } },
    { id: "acme.top", needs: { "acme.mid": "*" } },
    { id: "acme.one", needs: { "acme.two": "*" } },
    { id: "acme.two", needs: { "acme.one": "*" } },
    { id: "acme.old", version: "1.0.0" },
    { id: "acme.new", needs: { "acme.old": "^2" } },
  ];
  const offers = await new Registry().with(...versions);
  const plan = async (id: string) => shown(await planInstall(offers, { id, known: [] }));
  expect(await plan("acme.top")).toEqual({
    code: "dependency",
    message: "acme.top → acme.mid → acme.gone: acme.gone ^1 is needed, and is neither here nor offered",
    faults: ["missing"],
  });
  expect(await plan("acme.one")).toMatchObject({ faults: ["cycle"], message: expect.stringContaining("in a circle") });
  expect(await plan("acme.new")).toMatchObject({
    message: "acme.new → acme.old: acme.old ^2 is needed, and 1.0.0 is what is offered",
  });
  expect(await plan("acme.tip")).toMatchObject({
    code: "not-offered",
    message: 'no registry offers "acme.tip"; did you mean acme.top?',
  });
});

test("what is for another MiMoLo is passed over and told, an older version that fits is taken", async () => {
  const versions: Version[] = [
    { id: "acme.x", version: "1.0.0" },
    { id: "acme.x", version: "2.0.0", mimolo: ">=99" },
  ];
  const offers = await new Registry().with(...versions);
  const plan = await planInstall(offers, { id: "acme.x", known: [] });
  expect(shown(plan)).toEqual(["acme.x 1.0.0"]);
  expect(plan.passedOver).toMatchObject([{ offer: { version: "2.0.0" } }]);
  expect(plan.passedOver[0]?.reason).toMatch(/^wants MiMoLo >=99, and this is /);
  const only = await planInstall(offers, { id: "acme.x", range: "^2", known: [] });
  expect(only).toMatchObject({ ok: false, code: "dependency", faults: [{ code: "unusable" }] });
  expect(only.ok ? "" : only.message).toMatch(/^acme\.x cannot run: 2\.0\.0 wants MiMoLo >=99/);
  // Nor does it go back behind what is here.
  const known = [here("acme.x", "1.5.0")];
  expect(await planInstall(offers, { id: "acme.x", known })).toMatchObject({ ok: false });
});

test("a damaged package is not replaced by an older one behind anybody's back, but one that is only needed may be", async () => {
  const registry = new Registry();
  const offers = await registry.with(
    { id: "acme.low", version: "1.0.0" },
    { id: "acme.low", version: "1.1.0" },
    { id: "acme.top", needs: { "acme.low": "^1" } },
  );
  appendFileSync(registry.file("acme.low", "1.1.0"), "x");
  await expect(planInstall(offers, { id: "acme.low", known: [] })).rejects.toMatchObject({ code: "registry-mismatch" });
  const plan = await planInstall(offers, { id: "acme.top", known: [] });
  expect(shown(plan)).toEqual(["acme.low 1.0.0 for acme.top", "acme.top 1.0.0"]);
  expect(plan.passedOver[0]?.reason).toContain("damaged or replaced");
});

test("what is built in is never replaced, and serves those who need it", async () => {
  const versions: Version[] = [
    { id: "mimolo.clock", version: "9.0.0" },
    { id: "acme.top", needs: { "mimolo.clock": "^0.4" } },
    { id: "acme.next", needs: { "mimolo.clock": "^9" } },
  ];
  const builtin = { known: [here("mimolo.clock", "0.4.0")], fixed: ["mimolo.clock"] };
  expect(await planned(versions, { id: "acme.top", ...builtin })).toEqual(["acme.top 1.0.0"]);
  expect(await planned(versions, { id: "acme.next", ...builtin })).toMatchObject({ faults: ["conflict"] });
  expect(await planned(versions, { id: "mimolo.clock", ...builtin })).toMatchObject({ code: "not-offered" });
});

test("a package from elsewhere gets what it needs, and as much of it as there is", async () => {
  const offers = await new Registry().with(
    { id: "acme.low", version: "1.0.0" },
    { id: "acme.low", version: "2.0.0" },
    { id: "acme.mid", needs: { "acme.low": "^1" } },
  );
  const mine = (dependencies: Record<string, string>) => ({ id: "acme.mine", version: "1.0.0", dependencies });
  const whole = await planNeeds(offers, mine({ "acme.low": "*", "acme.mid": "*" }), { known: [] });
  expect(whole.faults).toEqual([]);
  expect(whole.packages.map(({ offer }) => `${offer.pluginId} ${offer.version}`)).toEqual([
    "acme.low 1.0.0",
    "acme.mid 1.0.0",
  ]);
  const part = await planNeeds(offers, mine({ "acme.gone": "^1", "acme.low": "^2" }), { known: [] });
  expect(part.packages.map(({ offer }) => `${offer.pluginId} ${offer.version}`)).toEqual(["acme.low 2.0.0"]);
  expect(part.faults).toMatchObject([{ code: "missing", path: ["acme.mine", "acme.gone"] }]);
  const nothing = await planNeeds(offers, mine({ "acme.low": "^1" }), { known: [here("acme.low", "1.9.0")] });
  expect(nothing).toEqual({ packages: [], faults: [] });
});
