import { randomBytes } from "node:crypto";
import { build, type InlineConfig } from "vite";
import { describe, expect, it } from "vitest";
import { pageSize, sizeOf } from "../../build/page-size.ts";

describe("the size of the page", () => {
  it("is what a browser fetches, each file compressed by itself", () => {
    const script = "let counted = 1;\n".repeat(5_000);
    const { gzipKb, brotliKb } = sizeOf([{ fileName: "assets/index.js", content: script }]);
    expect(gzipKb).toBeGreaterThan(0.05);
    expect(gzipKb).toBeLessThan(2);
    expect(brotliKb).toBeLessThan(gzipKb);
    const twice = sizeOf([
      { fileName: "assets/index.js", content: script },
      { fileName: "assets/other.js", content: script },
    ]);
    expect(twice.gzipKb).toBeCloseTo(2 * gzipKb);
  });

  it("leaves out what no browser asks for", () => {
    const content = randomBytes(20_000);
    const size = sizeOf([
      { fileName: "third-party.txt", content },
      { fileName: "page-policy.json", content },
    ]);
    expect(size).toEqual({ gzipKb: 0, brotliKb: 0 });
  });

  it("fails the build above its limit and says what helps", async () => {
    await expect(build(pageOf(40_000, 20))).rejects.toThrow(/of at most 20 .*TextField.*README/su);
  });

  it("lets a page below it through", async () => {
    await expect(build(pageOf(10_000, 20))).resolves.toBeDefined();
  });
});

/** A page whose script holds so many bytes that nothing compresses. */
function pageOf(bytes: number, mostKb: number): InlineConfig {
  const noise = randomBytes(bytes).toString("base64");
  return {
    configFile: false,
    logLevel: "silent",
    plugins: [
      {
        name: "noise",
        resolveId: (id) => (id === "noise" ? id : null),
        load: (id) => (id === "noise" ? `console.log("${noise}");` : null),
      },
      pageSize(mostKb),
    ],
    build: { write: false, rolldownOptions: { input: "noise" } },
  };
}
