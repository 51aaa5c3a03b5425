import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { thriftyFlags } from "../../src/run/thrifty-heap.ts";

test("a version of V8 is told only what it knows", () => {
  expect(thriftyFlags("11.3.244.8-node.38")).toEqual(["--heap-growing-percent=60", "--interrupt-budget=540000"]);
  expect(thriftyFlags("12.4.254.21-node.33")).toEqual(["--heap-growing-percent=60"]);
  expect(thriftyFlags("13.6.233.17-node.41")).toEqual(["--heap-growing-percent=60"]);
});

test("the V8 that runs this takes every flag without a word", () => {
  const set = `for (const flag of process.argv.slice(1)) require("node:v8").setFlagsFromString(flag)`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", set, "--", ...thriftyFlags(process.versions.v8)], {
    env: {},
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
