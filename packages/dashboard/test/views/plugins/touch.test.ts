import { CAPABILITIES, type Capability, PERMISSIONS, Verdict } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { PERMISSION_TEXTS } from "../../../src/page/views/plugins/touch/permission-texts.ts";
import { type CapabilityFacts, rootsOf, touchesOf } from "../../../src/page/views/plugins/touch/touch.ts";
import { verdictText } from "../../../src/page/views/plugins/verdict-texts.ts";

const facts: CapabilityFacts[] = (Object.keys(CAPABILITIES) as Capability[]).map((capability) => ({
  capability,
  ...CAPABILITIES[capability],
}));

test("permissions are told in the words of the command line", () => {
  const words = Object.entries(PERMISSIONS).map(([name, { risk, description }]) => [name, { risk, description }]);
  expect(PERMISSION_TEXTS).toEqual(Object.fromEntries(words));
});

test("what can do most harm comes first", () => {
  const touches = touchesOf(["network", "write-logs", "filesystem", "network", "time-travel"], facts);
  expect(touches.map(({ name, risk }) => [name, risk])).toEqual([
    ["filesystem", "high"],
    ["time-travel", "high"],
    ["write-logs", "medium"],
    ["network", "low"],
  ]);
  expect(touches[0]).toMatchObject({
    title: "Files",
    icon: "📁",
    description: "Reads or writes files outside its own folder.",
  });
  expect(touches[1]).toMatchObject({ title: "Time travel", description: "This page does not know what that is." });
});

test("where files are asked for, folders are named, or that there are none", () => {
  const told = (read: string[], write: string[]) => touchesOf(["filesystem"], facts, { read, write })[0]?.description;
  expect(told(["$HOME/Mail"], ["$DATA"])).toBe("Reads $HOME/Mail; writes $DATA.");
  expect(told([], [])).toBe("Reads and writes every file that you can.");
});

test("a later approval names the folders, too", () => {
  const told = (plugin: Parameters<typeof rootsOf>[0]) =>
    touchesOf(["filesystem"], facts, rootsOf(plugin))[0]?.description;
  const filesystem = { read: ["$HOME/Mail"], write: [] };
  expect(told({ verdict: "trusted", filesystem })).toBe("Reads $HOME/Mail.");
  expect(told({ verdict: "trusted", filesystem: { ...filesystem, settings_read: ["watch_dirs"] } })).toBe(
    "Reads $HOME/Mail, what watch_dirs names.",
  );
  expect(told({ verdict: "trusted" })).toBe("Reads and writes every file that you can.");
  expect(told({ verdict: "invalid-manifest" })).toBe("Reads or writes files outside its own folder.");
});

test("every verdict has its words, and only trusted is good", () => {
  for (const verdict of Verdict.options) expect(verdictText(verdict).says).not.toContain("does not know");
  expect(Verdict.options.filter((verdict) => verdictText(verdict).tone === "good")).toEqual(["trusted"]);
  expect(verdictText("constructor").tone).toBe("bad");
});
