import fc from "fast-check";
import { expect, test } from "vitest";
import { readTar, type TarEntry, tarEnd, tarEntry } from "../../src/artifacts/tar.ts";

const entry = fc.record({
  name: fc.stringMatching(/^[a-z0-9/.-]{1,100}$/),
  bytes: fc.uint8Array({ maxLength: 1_200 }),
});

function packed(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap((each) => [...tarEntry(each, 1_700_000_000_000)]), tarEnd()]);
}

async function unpacked(archive: Buffer): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  const read = (position: number, length: number) => Promise.resolve(archive.subarray(position, position + length));
  for await (const { name, bytes } of readTar(read)) entries.push({ name, bytes: new Uint8Array(bytes) });
  return entries;
}

test("what is put in comes out, whatever it is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 4 }), async (entries) => {
      expect(await unpacked(packed(entries))).toEqual(entries);
    }),
    { numRuns: 100 },
  );
});

test("an archive that is cut or garbled is told as such, or gives what was put in", async () => {
  const entries = [{ name: "a/b.txt", bytes: new Uint8Array(700).fill(7) }];
  const whole = packed(entries);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, value, isCut) => {
      const damaged = Buffer.from(isCut ? whole.subarray(0, at) : whole);
      if (!isCut) damaged[at] = value;
      const found = await unpacked(damaged).catch((error: unknown) => {
        expect(error).toBeInstanceOf(RangeError);
        return null;
      });
      if (found !== null) expect(found.map(({ name }) => name)).toEqual(["a/b.txt"]);
    }),
    { numRuns: 300 },
  );
});
