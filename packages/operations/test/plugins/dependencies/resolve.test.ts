import { expect, test } from "vitest";
import {
  breaksRange,
  dependentsOf,
  type PluginNeeds,
  resolveDependencies,
} from "../../../src/plugins/dependencies/index.ts";

function plugin(id: string, needs: Record<string, string> = {}, more: Partial<PluginNeeds> = {}): PluginNeeds {
  return { id, version: "1.4.0", dependencies: needs, ...more };
}

test("what is needed comes first, and otherwise the order is the one that was asked for", () => {
  const known = [
    plugin("acme.top", { "acme.mid": "^1", "acme.low": "*" }),
    plugin("acme.low"),
    plugin("acme.mid", { "acme.low": ">=1.2 <2" }),
    plugin("acme.other"),
    plugin("acme.idle"),
  ];
  expect(resolveDependencies(known, ["acme.other", "acme.top", "acme.low"])).toEqual({
    order: ["acme.other", "acme.low", "acme.mid", "acme.top"],
    faults: [],
  });
});

test("a wrong version far down is told with the whole path", () => {
  const known = [
    plugin("acme.top", { "acme.mid": "^1" }),
    plugin("acme.mid", { "acme.low": "^2" }),
    plugin("acme.low"),
    plugin("acme.other"),
  ];
  expect(resolveDependencies(known, ["acme.top", "acme.other"])).toEqual({
    order: ["acme.other"],
    faults: [
      {
        id: "acme.top",
        code: "conflict",
        path: ["acme.top", "acme.mid", "acme.low"],
        range: "^2",
        found: "1.4.0",
        message: "acme.top → acme.mid → acme.low: acme.low ^2 is needed, 1.4.0 is here",
      },
    ],
  });
});

test("a circle is told once, from whoever leads into it", () => {
  const known = [
    plugin("acme.top", { "acme.a": "*" }),
    plugin("acme.a", { "acme.b": "*" }),
    plugin("acme.b", { "acme.c": "*" }),
    plugin("acme.c", { "acme.a": "*" }),
    plugin("acme.self", { "acme.self": "*" }),
  ];
  const { order, faults } = resolveDependencies(known, ["acme.top", "acme.b", "acme.self"]);
  expect(order).toEqual([]);
  expect(faults.map(({ code, path }) => [code, path.join(" ")])).toEqual([
    ["cycle", "acme.top acme.a acme.b acme.c acme.a"],
    ["cycle", "acme.b acme.c acme.a acme.b"],
    ["cycle", "acme.self acme.self"],
  ]);
  expect(faults[0]?.message).toBe("acme.top → acme.a → acme.b → acme.c → acme.a: they need each other in a circle");
});

test("everything that stands in the way is told, the nearest first", () => {
  const known = [
    plugin("acme.top", { "acme.mid": "*", "acme.gone": "^3", "acme.off": "*", "acme.bad": "*" }),
    plugin("acme.mid", { "acme.lost": "*", "acme.gone": "^4" }),
    plugin("acme.off", {}, { disabled: true }),
    plugin("acme.bad", {}, { unusable: "its signature does not fit its manifest" }),
  ];
  expect(resolveDependencies(known, ["acme.top"]).faults.map(({ message }) => message)).toEqual([
    "acme.top → acme.gone: acme.gone ^3 is needed and is not here",
    "acme.top → acme.off: acme.off * is needed and is disabled",
    "acme.top → acme.bad: acme.bad * is needed and cannot run: its signature does not fit its manifest",
    "acme.top → acme.mid → acme.lost: acme.lost * is needed and is not here",
    "acme.top → acme.mid → acme.gone: acme.gone ^4 is needed and is not here",
  ]);
});

test("what is wanted itself may be missing or switched off", () => {
  const known = [plugin("acme.off", {}, { disabled: true })];
  expect(resolveDependencies(known, ["acme.off", "acme.gone"]).faults).toEqual([
    { id: "acme.off", code: "disabled", path: ["acme.off"], found: "1.4.0", message: "acme.off is disabled" },
    { id: "acme.gone", code: "missing", path: ["acme.gone"], message: "acme.gone is not here" },
  ]);
});

test("previews are read as npm reads them, and what is no range fits nothing", () => {
  const runs = (version: string, range: string) => {
    const known = [plugin("acme.top", { "acme.low": range }), plugin("acme.low", {}, { version })];
    return resolveDependencies(known, ["acme.top"]).faults.length === 0;
  };
  expect(runs("2.0.0-beta.1", "^1 || ^2")).toBe(false);
  expect(runs("2.0.0-beta.1", "^2.0.0-beta.0")).toBe(true);
  expect(runs("2.1.0-beta.1", "^2.0.0-beta.0")).toBe(false);
  expect(runs("1.0.0-rc.1", "*")).toBe(false);
  expect(runs("1.0.0+build.5", "1.0.0")).toBe(true);
  expect(runs("1.0.0", "latest")).toBe(false);
});

test("of several plugins of one id the first counts, and names that every object has are names like others", () => {
  const known = [
    plugin("acme.top", { "acme.low": "^1" }),
    plugin("acme.low"),
    plugin("acme.low", {}, { version: "9.0.0" }),
    plugin("constructor", { "acme.low": "^1" }),
  ];
  expect(resolveDependencies(known, ["acme.top", "constructor"]).order).toEqual([
    "acme.low",
    "acme.top",
    "constructor",
  ]);
  expect(breaksRange(known, { id: "constructor", version: "1.0.0" })).toBe(null);
});

test("a chain of ten thousand plugins is neither too deep nor too slow", () => {
  const count = 10_000;
  const known = Array.from({ length: count }, (_, at) => plugin(`p${at}`, { [`p${at + 1}`]: "*" }));
  // Time of ours, whatever else this machine is busy with.
  const began = process.cpuUsage();
  expect(resolveDependencies([...known, plugin(`p${count}`)], ["p0"]).order).toHaveLength(count + 1);
  const [fault] = resolveDependencies(known, ["p0"]).faults;
  expect(fault?.path).toHaveLength(count + 1);
  expect(fault?.message).toBe(
    "p0 → p1 → p2 → p3 → p4 → p5 → … → p9995 → p9996 → p9997 → p9998 → p9999 → p10000: p10000 * is needed and is not here",
  );
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(3_000);
});

test("those that need a plugin are named, the nearest first", () => {
  const known = [
    plugin("acme.top", { "acme.mid": "*" }),
    plugin("acme.mid", { "acme.low": "^1" }),
    plugin("acme.also", { "acme.low": "1.x" }),
    plugin("acme.low", { "acme.low": "*" }),
    plugin("acme.other"),
  ];
  expect(dependentsOf(known, "acme.low")).toEqual(["acme.mid", "acme.also", "acme.top"]);
  expect(dependentsOf(known, "acme.other")).toEqual([]);
  expect(breaksRange(known, { id: "acme.low", version: "1.9.0" })).toBe(null);
  expect(breaksRange(known, { id: "acme.low", version: "2.0.0" })).toEqual({
    id: "acme.mid",
    code: "conflict",
    path: ["acme.mid", "acme.low"],
    range: "^1",
    found: "2.0.0",
    message: "acme.mid → acme.low: acme.low ^1 is needed, this is 2.0.0; acme.also needs acme.low 1.x",
  });
});
