import { expect, test } from "vitest";
import { pluginIdOf } from "../../src/config/index.ts";

test("a program of one's own speaks for no plugin, and its folder lies nowhere else", () => {
  expect(pluginIdOf("My_Agent", { executable: "node", plugin: "mimolo.git-activity" })).toBe("local.my-agent");
  expect(pluginIdOf("mine", { executable: "node", plugin: "../../../elsewhere" })).toBe("local.mine");
  expect(pluginIdOf("mine", { plugin: "acme.x" })).toBe("acme.x");
  expect(pluginIdOf("mine", {})).toBe("local.mine");
});
