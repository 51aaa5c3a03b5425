import { expect, test } from "vitest";
import { decodeLine, LineSplitter } from "../../src/wire/index.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a heartbeat decodes to itself", () => {
  const heartbeat = { type: "heartbeat", timestamp: "2025-11-07T09:00Z", metrics: { cpu: "much" }, more: 1 };
  expect(decodeLine(bytes(JSON.stringify(heartbeat)))).toEqual({ ok: true, known: true, message: heartbeat });
});

test("lines come out whole however the stream is cut", () => {
  const seen: string[] = [];
  const splitter = new LineSplitter(
    { maxLineBytes: 10 },
    {
      line: (line, number) => seen.push(`${number}:${new TextDecoder().decode(line)}`),
      tooLong: (head, length, number) => seen.push(`${number}!${head.length}/${length}`),
    },
  );
  for (const byte of bytes("ab\r\n\n0123456789\r\n0123456789a\ncd")) splitter.push(Uint8Array.of(byte));
  splitter.end();
  expect(seen).toEqual(["1:ab", "3:0123456789", "4!11/11", "5:cd"]);
});
