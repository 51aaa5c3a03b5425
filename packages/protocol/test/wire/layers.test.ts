import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

async function imported(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    packages: "external",
    logLevel: "silent",
    platform: "neutral",
  });
  const outputs = Object.values(metafile.outputs).flatMap((output) => output.imports.map((each) => each.path));
  return [...outputs, ...Object.keys(metafile.inputs).filter((input) => !input.includes("/wire/"))];
}

test("the wire loads neither zod nor anything of Node, and no schema file", async () => {
  expect(await imported(source("wire/index.ts"))).toEqual([]);
});

test("the root is where zod comes in, and nothing of Node", async () => {
  const all = await imported(source("index.ts"));
  expect(all.filter((path) => !path.endsWith(".ts"))).toEqual(expect.arrayContaining(["zod"]));
  expect(all.filter((path) => path.startsWith("node:"))).toEqual([]);
});

test("the wire works without the Buffer of Node", async () => {
  const { outputFiles } = await build({
    entryPoints: [source("wire/index.ts")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "wire",
    platform: "neutral",
  });
  const program = outputFiles[0]?.text ?? "";
  const decode = (line: Uint8Array) =>
    runInNewContext(`${program}; wire.decodeLine(line)`, { TextDecoder, line }) as unknown;
  expect(decode(new TextEncoder().encode('{"type":"custom","x":"é"}'))).toMatchObject({ ok: true, known: true });
  expect(decode(Uint8Array.of(0xff))).toMatchObject({ code: "invalid-utf8" });
});
