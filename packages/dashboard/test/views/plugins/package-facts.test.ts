import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readPackage } from "../../../src/page/views/plugins/package/package-facts.ts";

/** A ZIP of one file, as other tools make it. */
function zip(name: string, text: string, isDeflated = false): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(text);
  const packed = isDeflated ? deflateRawSync(bytes) : bytes;
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50);
  local.writeUInt16LE(isDeflated ? 8 : 0, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(bytes.length, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50);
  entry.writeUInt16LE(isDeflated ? 8 : 0, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(bytes.length, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return new Uint8Array(Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]));
}

const MANIFEST = {
  id: "acme.inbox",
  name: "Inbox watch",
  version: "1.2.0",
  description: "Counts\u202e unread mails",
  capabilities: ["network", "filesystem"],
  permissions: ["write-logs"],
  filesystem: { read: ["$HOME/Mail"] },
  publisher: { key_id: "0123456789ABCDEF" },
};

test.each([false, true])(
  "what a package says of itself is read before it is sent (deflated: %s)",
  async (isDeflated) => {
    const file = new Blob([zip("mimolo-plugin.json", JSON.stringify(MANIFEST), isDeflated)]);
    expect(await readPackage(file)).toEqual({
      ok: true,
      facts: {
        pluginId: "acme.inbox",
        name: "Inbox watch",
        version: "1.2.0",
        // What turns text around is not shown.
        description: "Counts unread mails",
        author: "",
        keyId: "0123456789ABCDEF",
        capabilities: ["network", "filesystem"],
        permissions: ["write-logs"],
        roots: { read: ["$HOME/Mail"], write: [] },
        bytes: file.size,
      },
    });
  },
);

test.each([
  ["a text", new TextEncoder().encode("hello")],
  ["nothing", new Uint8Array(0)],
  ["another ZIP", zip("readme.txt", "hello")],
  ["a manifest that is none", zip("mimolo-plugin.json", "[]")],
  ["a manifest that names a path", zip("mimolo-plugin.json", '{"id":"../../etc"}')],
  ["a manifest that swells", zip("mimolo-plugin.json", " ".repeat(300_000), true)],
])("%s is no package, and it is said", async (_what, bytes) => {
  expect(await readPackage(new Blob([bytes]))).toMatchObject({ ok: false, why: expect.stringMatching(/\.$/) });
});

test("a broken file is a sentence, however it is broken", async () => {
  const whole = zip("mimolo-plugin.json", JSON.stringify(MANIFEST), true);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
      const broken = new Uint8Array(whole);
      broken[at] = byte;
      const read = await readPackage(new Blob([broken]));
      if (!read.ok) expect(read.why).toMatch(/\.$/);
    }),
    { numRuns: 200 },
  );
});
