// A splitter that remembers what it told, copied, since views live for one call.
import { LineSplitter } from "../src/wire/index.ts";

export type Told =
  | { readonly number: number; readonly line: string }
  | { readonly number: number; readonly head: string; readonly lengthBytes: number };

/** Everything a splitter tells of these chunks, bytes as latin1 so that none is lost. */
export function split(chunks: readonly Uint8Array[], maxLineBytes: number): Told[] {
  const told: Told[] = [];
  const splitter = new LineSplitter(
    { maxLineBytes },
    {
      line: (bytes, number) => told.push({ number, line: latin1(bytes) }),
      tooLong: (head, lengthBytes, number) => told.push({ number, head: latin1(head), lengthBytes }),
    },
  );
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return told;
}

/** The bytes cut at these offsets. */
export function chunked(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const cuts = [0, ...at.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((to, index) => bytes.subarray(cuts[index], to));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
