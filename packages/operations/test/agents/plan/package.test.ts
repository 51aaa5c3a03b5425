import type { PluginManifest } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { commandOf, limitsOf } from "../../../src/agents/plan/package.ts";
import type { AgentConfig } from "../../../src/config/index.ts";

const manifest = (more: Partial<PluginManifest>) => more as PluginManifest;

test("a package's limits hold where the configuration says nothing", () => {
  const limits = manifest({ limits: { memory_mib: 100, cpu_percent: 10 } });
  expect(limitsOf({} as AgentConfig, limits)).toEqual({ memory_mib: 100, cpu_budget_percent: 10 });
  expect(limitsOf({ memory_mib: 64 } as AgentConfig, limits)).toEqual({ memory_mib: 64, cpu_budget_percent: 10 });
  expect(limitsOf({ cpu_budget_percent: 1 } as AgentConfig, null)).toEqual({ cpu_budget_percent: 1 });
});

test("a program is started by its runtime, with the arguments of the configuration behind it", () => {
  const env = { PATH: process.env["PATH"] ?? "" };
  const command = (runtime: PluginManifest["runtime"]) => commandOf("/p/main", manifest({ runtime }), ["-v"], env);
  expect(command("node")).toEqual({ executable: process.execPath, args: ["/p/main", "-v"] });
  expect(command("native")).toEqual({ executable: "/p/main", args: ["-v"] });
  expect(command("shell").args).toEqual(["/p/main", "-v"]);
  expect(commandOf("/p/main", manifest({ runtime: "python" }), [], { PATH: "/nowhere" }).executable).toMatch(/^python/);
});
