import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { Overrides } from "../../src/overrides/overrides.ts";
import { readOverrides } from "../../src/overrides/read-overrides.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mimolo-overrides-"));
  file = join(folder, "state", "overrides.json");
  mkdirSync(join(folder, "state"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

const written = (): unknown => JSON.parse(readFileSync(file, "utf8"));

test("what was changed is there when the file is opened again, for its owner alone", () => {
  const overrides = Overrides.open(file);
  expect([overrides.current, overrides.fault]).toEqual([{}, null]);
  expect(existsSync(file)).toBe(false);
  overrides.change((now) => ({ ...now, plugins: { "acme.mail": { count: 3 }, "acme.idle": {} } }));
  overrides.change((now) => ({ ...now, agents: { mail: { deep: { er: [1] } } } }));
  const kept = { plugins: { "acme.mail": { count: 3 } }, agents: { mail: { deep: { er: [1] } } } };
  expect([overrides.current, written(), Overrides.open(file).current]).toEqual([kept, kept, kept]);
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, "state"))).toEqual(["overrides.json"]);
});

test("a damaged file counts for nothing, is named, and is kept when the next change is written", () => {
  writeFileSync(file, '{"plugins": {"acme.mail"');
  const overrides = Overrides.open(file);
  expect(overrides.current).toEqual({});
  expect(overrides.fault).toBe(`${file} does not count: it is no JSON`);
  expect(readFileSync(file, "utf8")).toBe('{"plugins": {"acme.mail"');
  overrides.change(() => ({ plugins: { "acme.mail": { count: 1 } } }));
  const aside = join(folder, "state", "overrides.damaged-1.json");
  expect(overrides.fault).toContain(`it is kept as ${aside}`);
  expect(readFileSync(aside, "utf8")).toBe('{"plugins": {"acme.mail"');
  expect(Overrides.open(file).fault).toBeNull();
  writeFileSync(file, "[]");
  Overrides.open(file).change((now) => now);
  expect(readFileSync(join(folder, "state", "overrides.damaged-2.json"), "utf8")).toBe("[]");
});

test("of a file that is wrong in places the rest counts", () => {
  writeFileSync(file, '{"plugins":{"a.b":{"x":1},"c.d":7},"agents":[],"other":{}}');
  const { overrides, fault } = readOverrides(file);
  expect(overrides).toEqual({ plugins: { "a.b": { x: 1 } }, agents: {} });
  expect(fault).toBe(
    `${file}: left out: plugins.c.d is no object; "agents" is no object; "other" is neither plugins nor agents`,
  );
});

test("what somebody wrote into the file meanwhile is not lost by a change", () => {
  const overrides = Overrides.open(file);
  writeFileSync(file, '{"plugins":{"a.b":{"x":1}}}');
  overrides.change((now) => ({ ...now, agents: { load: { y: 2 } } }));
  expect(written()).toEqual({ plugins: { "a.b": { x: 1 } }, agents: { load: { y: 2 } } });
});

test("a disk that takes nothing changes nothing", () => {
  const overrides = Overrides.open(file);
  overrides.change(() => ({ plugins: { "a.b": { x: 1 } } }));
  const kept = overrides.current;
  mkdirSync(`${file}.${process.pid}.tmp`);
  expect(() => overrides.change(() => ({ plugins: {} }))).toThrow();
  expect([overrides.current, written()]).toEqual([kept, { plugins: { "a.b": { x: 1 } }, agents: {} }]);
});

test("an edit that throws changes nothing, and nothing lies about", () => {
  const overrides = Overrides.open(file);
  const fails = () => {
    throw new Error("no");
  };
  expect(() => overrides.change(fails)).toThrow("no");
  expect(readdirSync(join(folder, "state"))).toEqual([]);
});

test("whatever lies there, reading it gives overrides or says what is wrong", () => {
  const table = fc.dictionary(fc.oneof(fc.constantFrom("__proto__", "a", "plugins"), fc.string()), fc.jsonValue());
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.record({ plugins: table, agents: table }, { requiredKeys: [] }).map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(content, (bytes) => {
      writeFileSync(file, bytes);
      const { overrides, fault } = readOverrides(file);
      expect(fault === null || fault.startsWith(file)).toBe(true);
      for (const values of Object.values({ ...overrides.plugins, ...overrides.agents }))
        expect(typeof values).toBe("object");
      expect(Object.getPrototypeOf(overrides.plugins ?? {})).toBe(Object.prototype);
    }),
    { numRuns: 300 },
  );
});
