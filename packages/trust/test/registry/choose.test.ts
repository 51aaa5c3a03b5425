import { expect, test } from "vitest";
import { type Offer, pick, search, versionsOf } from "../../src/registry/index.ts";

const offer = (pluginId: string, version: string, description = ""): Offer => ({
  pluginId,
  version,
  description,
  capabilities: [],
  keyId: "0123456789ABCDEF",
  sha256: "0".repeat(64),
  source: "registry",
  folder: "/registry",
  path: `/registry/${pluginId}-${version}.mmpkg`,
});

const offers = [
  offer("acme.inbox", "1.0.0", "Watches an INBOX"),
  offer("acme.inbox", "1.10.0", "Watches an inbox"),
  offer("acme.inbox", "1.9.0"),
  offer("acme.inbox", "2.0.0-beta.2"),
  offer("beta.preview", "0.1.0-rc.1", "Only a preview, of the inbox"),
  offer("inbox", "3.0.0", "Somebody else's"),
  offer("other.clock", "1.0.0", "Tells the time"),
];

const found = (...words: string[]) => search(offers, words).map(({ pluginId, version }) => `${pluginId} ${version}`);

test("a search finds each plugin by its newest version, the very id first, ids before descriptions", () => {
  expect(found()).toEqual(["acme.inbox 1.10.0", "beta.preview 0.1.0-rc.1", "inbox 3.0.0", "other.clock 1.0.0"]);
  expect(found("Inbox")).toEqual(["inbox 3.0.0", "acme.inbox 1.10.0", "beta.preview 0.1.0-rc.1"]);
  expect(found("inbox watches")).toEqual(["acme.inbox 1.10.0"]);
  expect(found("acme", "clock")).toEqual([]);
  expect(found("")).toHaveLength(4);
});

test("versions come newest first", () => {
  const versions = versionsOf(offers, "acme.inbox").map(({ version }) => version);
  expect(versions).toEqual(["2.0.0-beta.2", "1.10.0", "1.9.0", "1.0.0"]);
});

const picked = (id: string, range?: string) => {
  const result = pick(offers, id, range);
  return result.ok ? result.offer.version : result.code;
};

test("a pick is the newest in its range, and no pre-release unless it is asked for or all there is", () => {
  expect(picked("acme.inbox")).toBe("1.10.0");
  expect(picked("acme.inbox", "latest")).toBe("1.10.0");
  expect(picked("acme.inbox", "*")).toBe("1.10.0");
  expect(picked("acme.inbox", "1.9.0")).toBe("1.9.0");
  expect(picked("acme.inbox", "<1.10")).toBe("1.9.0");
  expect(picked("acme.inbox", "^2.0.0-beta")).toBe("2.0.0-beta.2");
  expect(picked("beta.preview")).toBe("0.1.0-rc.1");
});

test("what cannot be picked is said with what there is", () => {
  expect(pick(offers, "acme.inbx")).toEqual({
    ok: false,
    code: "unknown-plugin",
    message: 'no registry offers "acme.inbx"; did you mean acme.inbox?',
  });
  expect(pick(offers, "clock")).toMatchObject({ message: 'no registry offers "clock"; did you mean other.clock?' });
  expect(pick(offers, "nothing.like.it")).toMatchObject({
    message: 'no registry offers "nothing.like.it"; mimolo plugin search lists what there is',
  });
  expect(pick([], "acme.inbox")).toMatchObject({ message: 'no registry offers "acme.inbox": none offers anything' });
  expect(pick(offers, "acme.inbox", "^3")).toEqual({
    ok: false,
    code: "no-such-version",
    message: "no version of acme.inbox fits ^3; there are 2.0.0-beta.2, 1.10.0, 1.9.0, 1.0.0",
  });
  expect(pick(offers, "inbox", "new")).toEqual({
    ok: false,
    code: "bad-range",
    message: '"new" is no range of versions, such as ^1, 1.2.0 or ">=1.2 <3"; there is 3.0.0 only',
  });
});
