import { expect, test } from "vitest";
import { captureConsole } from "../src/capture-console.ts";

test("what the console prints comes as one text per call, with its level, until it is released", () => {
  const printed: string[] = [];
  const { log, error } = console;
  const release = captureConsole((level, text) => printed.push(`${level}: ${text}`));
  console.log("%s of %d", "one", 2);
  console.debug({ deep: { enough: true } });
  console.warn("careful");
  console.error(new RangeError("too far").message);
  release();
  expect(printed).toEqual([
    "info: one of 2",
    "debug: { deep: { enough: true } }",
    "warning: careful",
    "error: too far",
  ]);
  expect([console.log, console.error]).toEqual([log, error]);
});

test("stray writes come line by line, bytes and all, and their callbacks are called", async () => {
  const printed: string[] = [];
  const release = captureConsole((level, text) => printed.push(`${level}: ${text}`));
  const { stdout } = process;
  stdout.write("half ");
  stdout.write(new TextEncoder().encode("a line\n\nand"));
  const written = new Promise<void>((resolve) => stdout.write(" more\n", () => resolve()));
  await written;
  stdout.write("x".repeat(9000));
  release();
  expect(printed).toEqual(["info: half a line", "info: and more", `info: ${"x".repeat(9000)}`]);
  expect(Object.hasOwn(stdout, "write")).toBe(false);
});
