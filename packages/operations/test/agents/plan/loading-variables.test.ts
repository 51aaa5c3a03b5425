import { expect, test } from "vitest";
import { loadingVariable } from "../../../src/agents/plan/loading-variables.ts";

test.each([
  ["NODE_OPTIONS", "--import=data:text/javascript,1"],
  ["NODE_OPTIONS", "--max-old-space-size=64 -r ./evil.cjs"],
  ["NODE_OPTIONS", '"--im\\port" ./evil.mjs'],
  ["NODE_OPTIONS", "--experimental_loader ./evil.mjs"],
  ["NODE_OPTIONS", "--allow-fs-read=*"],
  ["LD_PRELOAD", "/tmp/evil.so"],
  ["BASH_ENV", "/tmp/evil.sh"],
  ["PERL5OPT", "-Mevil"],
])("%s=%s runs other code", (name, value) => {
  expect(loadingVariable({ HARMLESS: "1", [name]: value })).toBe(name);
});

test("what only sets something may be set", () => {
  const env = {
    NODE_OPTIONS: "--max-old-space-size=64 --no-warnings",
    NODE_ENV: "production",
    ENV: "x",
    PYTHONPATH: "lib",
  };
  expect(loadingVariable(env)).toBeNull();
});
