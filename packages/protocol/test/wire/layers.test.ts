import { build } from "esbuild";
import { expect, test } from "vitest";
import { fileURLToPath } from "node:url";

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
  const program = `${outputFiles[0]?.text}; return wire.decodeLine(line);`;
  const decode = new Function("globalThis", "Buffer", "process", "require", "line", program);
  const line = new TextEncoder().encode('{"type":"custom","x":"é"}');
  const bare = { TextDecoder, TextEncoder };
  expect(decode(bare, undefined, undefined, undefined, line)).toMatchObject({ ok: true, known: true });
  expect(decode(bare, undefined, undefined, undefined, Uint8Array.of(0xff))).toMatchObject({ code: "invalid-utf8" });
});
