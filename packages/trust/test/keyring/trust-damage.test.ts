import { Capability, Permission } from "@mimolo/protocol";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AllowEntry,
  judgePackage,
  judgeScript,
  raiseHighWater,
  scopeCovers,
  signAllow,
  type SigningKey,
  type TrustData,
  type TrustedKey,
  TrustError,
  withAllow,
  withKey,
  NO_TRUST,
} from "../../src/index.ts";
import { encodeTrust, parseTrust } from "../../src/keyring/trust-file.ts";
import { AT, around, freshKey, LATER, packageEntry, packageOf, scriptEntry, sha256, trusted } from "../samples.ts";

const publishers = Array.from({ length: 4 }, () => freshKey());
const self = freshKey();
const PATHS = ["/home/u/a.py", "/home/u/b c.mjs", "/ü/🌐.sh"];
const packages = publishers.flatMap((key) => ["1.0.0", "2.0.0"].map((version) => packageOf(key, { version })));
const scripts = PATHS.flatMap((path) => ["x", "y"].map((content) => ({ path, sha256: sha256(content) })));

const grantable: ReadonlySet<string> = new Set([...Capability.options, ...Permission.options]);

const times = fc.constantFrom(AT, LATER, "2026-11-21T10:00:00+01:00");
const texts = fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !/[^\P{Cc}]|\p{Cs}|\ufffd/u.test(text));
const grants = fc.uniqueArray(fc.constantFrom("network", "filesystem", "subprocess", "write-logs"));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

function keyOf(key: SigningKey): fc.Arbitrary<TrustedKey> {
  return fc
    .record({
      label: texts,
      source: fc.constantFrom("pinned" as const, "first-use" as const, "builtin" as const),
      scope: fc.uniqueArray(fc.constantFrom("acme.*", "acme.x", "beta.*", "*"), { maxLength: 3 }),
      expires_at: maybe(times),
      revoked: maybe(fc.record({ at: times, why: texts })),
    })
    .map(({ expires_at, revoked, ...rest }) => ({
      ...trusted(key, rest),
      ...(expires_at !== undefined && { expires_at }),
      ...(revoked !== undefined && { revoked }),
    }));
}

const script: fc.Arbitrary<AllowEntry> = fc
  .record({ path: fc.constantFrom(...PATHS), content: fc.constantFrom("x", "y"), grants })
  .map(({ path, content, grants: held }) =>
    signAllow(scriptEntry({ path, digest: sha256(content), grants: held }), self),
  );

const installed: fc.Arbitrary<AllowEntry> = fc
  .tuple(fc.constantFrom(...packages), grants)
  .map(([{ manifestBytes, manifest }, held]) =>
    packageEntry({ digest: sha256(manifestBytes), version: manifest?.version ?? "", grants: held }),
  );

const trustData: fc.Arbitrary<TrustData> = fc
  .record({
    keys: fc.tuple(...publishers.map((key) => maybe(keyOf(key)))),
    own: maybe(fc.constant(trusted(self, { source: "self", scope: ["local.*"] }))),
    entries: fc.array(fc.oneof(script, installed), { maxLength: 5 }),
    mark: maybe(fc.constantFrom("1.0.0", "1.5.0", "2.0.0")),
  })
  .map(({ keys, own, entries, mark }) => {
    const known = [...keys, own].filter((key) => key !== undefined).reduce(withKey, NO_TRUST);
    const data = entries.reduce(withAllow, known);
    return mark === undefined ? data : raiseHighWater(data, "acme.x", mark);
  });

/** Everything that these data let run, and with which grants; and what each key could still vouch for. */
function trustIn(data: TrustData): Set<string> {
  const held = ({ path, id }: { path?: string; id?: string | undefined }) =>
    data.allow
      .filter((entry) => (path === undefined ? entry.plugin_id === id : entry.path === path))
      // A word that names nothing opens nothing.
      .flatMap((entry) => ["", ...entry.grants.filter((grant) => grantable.has(grant))]);
  const running = [
    ...packages
      .filter((found) => judgePackage(found, data, around({ stage: "launch" })).verdict === "trusted")
      .flatMap(({ manifest, manifestBytes }) =>
        held({ id: manifest?.id }).map((grant) => `${sha256(manifestBytes)} ${grant}`),
      ),
    ...scripts
      .filter((found) => judgeScript(found, data).verdict === "trusted")
      .flatMap(({ path, sha256: digest }) => held({ path }).map((grant) => `${path} ${digest} ${grant}`)),
  ];
  const vouching = data.keys
    .filter(({ revoked, expires_at }) => revoked === undefined && expires_at === undefined)
    .flatMap(({ public_key, scope }) =>
      ["acme", "acme.x", "acmeevil.x", "beta.y", "evil.z"]
        .filter((id) => scopeCovers(scope, id))
        .map((id) => `${public_key} ${id}`),
    );
  return new Set([...running, ...vouching]);
}

function readOrNull(bytes: Uint8Array): TrustData | null {
  try {
    return parseTrust(bytes, "trust.json");
  } catch (error) {
    if (error instanceof TrustError && error.code === "trust-file-unreadable") return null;
    throw error;
  }
}

test("whatever was decided is read back as it was", () => {
  fc.assert(
    fc.property(trustData, (data) => {
      const text = encodeTrust(data);
      expect(parseTrust(Buffer.from(text), "trust.json")).toEqual(data);
      expect(encodeTrust(parseTrust(Buffer.from(text), "trust.json"))).toBe(text);
    }),
    { numRuns: 60 },
  );
});

type Damage = (bytes: Buffer, at: number, much: number) => Buffer;
const without = (bytes: Buffer, from: number, to: number) =>
  Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
const lineAt = (bytes: Buffer, at: number) => [bytes.lastIndexOf(10, at) + 1, bytes.indexOf(10, at) + 1] as const;
const damages: [string, Damage][] = [
  ["torn off", (bytes, at) => bytes.subarray(0, at)],
  ["begun late", (bytes, at) => bytes.subarray(at)],
  ["with a block lost", (bytes, at) => without(bytes, at - (at % 512), at - (at % 512) + 512)],
  ["with zeros in it", (bytes, at, much) => Buffer.from(bytes).fill(0, at, Math.min(at + 1 + much, bytes.length))],
  ["with a line lost", (bytes, at) => without(bytes, ...lineAt(bytes, at))],
  [
    "with several lines lost",
    (bytes, at, much) =>
      without(bytes, lineAt(bytes, at)[0], lineAt(bytes, Math.min(at + much * 20, bytes.length - 1))[1]),
  ],
  [
    "with a piece that comes twice",
    (bytes, at, much) => Buffer.concat([bytes.subarray(0, at + much), bytes.subarray(at)]),
  ],
  [
    "with a line that comes twice",
    (bytes, at) => Buffer.concat([bytes.subarray(0, lineAt(bytes, at)[1]), bytes.subarray(lineAt(bytes, at)[0])]),
  ],
  [
    "written over from the front",
    (bytes, at) => Buffer.concat([Buffer.from(encodeTrust(NO_TRUST)).subarray(0, at), bytes.subarray(at)]),
  ],
];

test.each(damages)("a file %s is never read as more trust than it held", (_what, damage) => {
  fc.assert(
    fc.property(trustData, fc.nat(), fc.nat({ max: 400 }), (data, place, much) => {
      const bytes = Buffer.from(encodeTrust(data));
      const read = readOrNull(damage(bytes, place % bytes.length, much));
      if (read === null) return;
      const before = trustIn(data);
      for (const what of trustIn(read)) expect(before).toContain(what);
    }),
    { numRuns: 60 },
  );
});

test("no bit of a file can flip so that something new may run", () => {
  fc.assert(
    fc.property(trustData, fc.nat(), (data, place) => {
      const bytes = Buffer.from(encodeTrust(data));
      const before = trustIn(data);
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(bytes);
        const at = place % bytes.length;
        changed[at] = (bytes[at] ?? 0) ^ (1 << bit);
        const read = readOrNull(changed);
        const running = read === null ? [] : [...trustIn(read)].filter((what) => what.startsWith("/"));
        for (const what of running) expect(before).toContain(what);
      }
    }),
    { numRuns: 60 },
  );
});
