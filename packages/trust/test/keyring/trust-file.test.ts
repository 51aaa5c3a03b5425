import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  NO_TRUST,
  raiseHighWater,
  readTrust,
  revokeKey,
  signAllow,
  type TrustData,
  withAllow,
  withKey,
  writeTrust,
} from "../../src/index.ts";
import {
  AT,
  errorOf,
  folder,
  freshKey,
  LATER,
  packageEntry,
  scriptEntry,
  trusted,
  underAnotherId,
} from "../samples.ts";

const self = freshKey();

function everything(): TrustData {
  const [one, two] = [freshKey(), freshKey()];
  const keys = [
    trusted(self, { source: "self", scope: ["local.*"] }),
    trusted(one, { expires_at: LATER }),
    trusted(two, { label: "" }),
  ];
  const known = revokeKey(keys.reduce(withKey, NO_TRUST), two.keyId, { at: AT, why: "“lost”" });
  const entries = [
    packageEntry({ grants: ["network"], key_id: one.keyId }),
    signAllow(scriptEntry({ path: "/ü/a b.py" }), self),
  ];
  return raiseHighWater(entries.reduce(withAllow, known), "constructor", "1.0.0-rc.1+b");
}

test("what was written is read, and a missing file trusts nobody", () => {
  const file = join(folder(), "trust", "trust.json");
  expect(readTrust(file)).toEqual(NO_TRUST);
  const data = everything();
  writeTrust(file, data);
  expect(readTrust(file)).toEqual(data);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(data);
  writeTrust(file, NO_TRUST);
  expect(readTrust(file)).toEqual(NO_TRUST);
  expect(readdirSync(join(file, ".."))).toEqual(["trust.json"]);
});

test("each key and entry has a line of its own, so that a lost line never takes only a revocation", () => {
  const file = join(folder(), "trust.json");
  const data = everything();
  writeTrust(file, data);
  const lines = readFileSync(file, "utf8").split("\n");
  for (const { key_id } of data.keys)
    expect(lines.filter((line) => line.includes(`"key_id":"${key_id}"`)).length).toBeGreaterThan(0);
  expect(lines.filter((line) => line.includes("revoked"))).toHaveLength(1);
  expect(lines.find((line) => line.includes("revoked"))).toContain('"public_key"');
});

test("data that could not be read back is not written, and what is there stays", () => {
  const file = join(folder(), "trust.json");
  writeTrust(file, NO_TRUST);
  const twice = { ...NO_TRUST, keys: [trusted(self), trusted(self)] };
  expect(errorOf(() => writeTrust(file, twice))).toMatchObject({
    code: "bad-trust-data",
    message: expect.stringContaining("keys[1]"),
  });
  expect(readTrust(file)).toEqual(NO_TRUST);
});

const lines = (...middle: string[]) => ["{", '"format": 1,', ...middle, '"high_water": {}', "}"].join("\n");
const key = JSON.stringify(trusted(self));
const bad: [string, string | Buffer, number, string][] = [
  ["nothing", "", 1, "is not JSON"],
  ["half of it", '{"format": 1,\n"keys": [', 2, "is not JSON"],
  ["a comma too many", lines('"keys": [],', '"allow": [,],'), 4, "is not JSON"],
  ["no UTF-8", Buffer.from('{"a": "\xff"}', "latin1"), 1, "is not UTF-8"],
  ["a byte order mark", `\ufeff${lines('"keys": [],', '"allow": [],')}`, 1, "is not JSON"],
  ["a list", "[]", 1, "is no object"],
  ["another format", '{"format": 2, "keys": [], "allow": [], "high_water": {}}', 1, "format is not 1"],
  ["no keys", lines('"allow": [],'), 1, "keys is missing"],
  ["a field nobody knows", lines('"keys": [],', '"allow": [],', '"note": 1,'), 5, "note is a field nobody knows"],
  ["a field twice", lines('"keys": [],', '"allow": [],', '"keys": [],'), 5, "keys is there twice"],
  [
    "a field twice, once spelled out",
    lines(`"keys": [`, `${key.slice(0, -1)},"l\\u0061bel":""}`, '], "allow": [],'),
    4,
    "keys[0].label is there twice",
  ],
  [
    "a misspelt revocation",
    lines('"keys": [', `${key.slice(0, -1)},`, '"rewoked":{"at":"2026-01-01T00:00:00Z"}}],', '"allow": [],'),
    5,
    "keys[0].rewoked is a field nobody knows",
  ],
  [
    "a revocation that is null",
    lines('"keys": [', `${key.slice(0, -1)},`, '"revoked":null}],', '"allow": [],'),
    5,
    "keys[0].revoked is no object",
  ],
  [
    "an end that is no time",
    lines('"keys": [', `${key.slice(0, -1)},`, '"expires_at":"never"}],', '"allow": [],'),
    5,
    "keys[0].expires_at is not a time",
  ],
  ["two keys of one id", lines(`"keys": [${key},`, `${key}],`, '"allow": [],'), 4, "keys[1] repeats a key id"],
  [
    "one key under two ids",
    lines(`"keys": [${key},`, `${JSON.stringify(trusted(underAnotherId(self)))}],`, '"allow": [],'),
    4,
    "keys[1] repeats a public key under another id",
  ],
  [
    "an entry of no kind",
    lines('"keys": [],', '"allow": [', "{}],"),
    5,
    "allow[0].kind is none of package, script, config",
  ],
  [
    "two entries about one thing",
    lines('"keys": [],', `"allow": [${JSON.stringify(packageEntry())},`, `${JSON.stringify(packageEntry())}],`),
    5,
    "allow[1]",
  ],
  [
    "a mark of a stranger",
    '{"format": 1, "keys": [], "allow": [],\n"high_water": {\n"__proto__": "1.0.0"}}',
    3,
    "high_water.__proto__ is not the id of a plugin",
  ],
  [
    "a mark that is no version",
    '{"format": 1, "keys": [], "allow": [],\n"high_water": {"a.b":\n"1"}}',
    3,
    "high_water.a.b is not a semantic version",
  ],
];

test.each(bad)("a file with %s is refused by line and field", (_what, text, line, message) => {
  const file = join(folder(), "trust.json");
  writeFileSync(file, text, { mode: 0o600 });
  const error = errorOf(() => readTrust(file));
  expect(error?.code).toBe("trust-file-unreadable");
  expect(error?.message).toContain(`trust.json:${line}: `);
  expect(error?.message).toContain(message);
});

test("a file that cannot be replaced stays whole, and nothing is left beside it", () => {
  const root = folder();
  const file = join(root, "trust.json");
  mkdirSync(join(file, "in the way"), { recursive: true });
  expect(() => writeTrust(file, NO_TRUST)).toThrow();
  expect(readdirSync(root)).toEqual(["trust.json"]);
});

test("a file with another name elsewhere is left alone by writing", () => {
  const root = folder();
  const file = join(root, "trust.json");
  writeTrust(file, everything());
  linkSync(file, join(root, "copy.json"));
  const before = readFileSync(file, "utf8");
  writeTrust(file, NO_TRUST);
  expect(readFileSync(join(root, "copy.json"), "utf8")).toBe(before);
});
