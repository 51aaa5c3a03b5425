// The built plugins that act, tried as any plugin's author would try one.
import { dirname } from "node:path";
import { type PluginTestOptions, runPluginTests } from "@mimolo/agent-sdk/testing";
import { expect, test, vi } from "vitest";
import { agents } from "../../src/index.ts";
import { deadPort, serving } from "../http/scene.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

async function failuresOf(label: string, options: PluginTestOptions): Promise<string[]> {
  const builtin = agents.find((each) => each.default_label === label);
  if (builtin === undefined) throw new Error(`no plugin is called ${label}`);
  const { plugin_id: id, name, version, type, description, interfaces, capabilities, permissions } = builtin;
  const about = { id, name, version, type, description, interfaces, capabilities, permissions };
  const plugin = { ...about, entry: "main.cjs", defaults: builtin.defaults, config_schema: builtin.config_schema };
  const suites = ["integration", "performance", "security", "compatibility"] as const;
  const report = await runPluginTests(dirname(builtin.entry), { plugin, suites, ...options });
  expect(report.suites.map((suite) => suite.name)).toEqual(suites);
  return report.suites.flatMap(({ cases }) => cases.flatMap((each) => (each.ok ? [] : [`${each.name}: ${each.why}`])));
}

test("each that acts is a good plugin: at work, in a hurry, among hostile lines, with older and newer collectors", async () => {
  const server = await serving((_, response) => response.end("there"));
  const nobody = `http://127.0.0.1:${await deadPort()}`;
  const action = { interface: "action", method: "execute" } as const;
  const failures = await Promise.all([
    failuresOf("http-request", {
      config: { allowed_hosts: ["127.0.0.1"], retries: 1, retry_wait_ms: 1 },
      secrets: { bearer: "t0ken-of-http-request" },
      calls: [
        { ...action, params: { url: server.origin }, expect: (data) => (data as { status: number }).status === 200 },
        { ...action, params: { url: nobody }, failsWith: "unreachable" },
        { ...action, params: { url: "https://a.example" }, failsWith: "host-not-allowed" },
      ],
    }),
    failuresOf("notify", {
      secrets: { webhook: `${server.origin}/h00k-of-notify` },
      calls: [{ ...action, params: { text: "x" }, expect: (data) => (data as { way: string }).way === "webhook" }],
    }),
    failuresOf("schedule", { config: { schedules: [{ name: "often", cron: "* * * * * *" }] } }),
  ]);
  expect(failures).toEqual([[], [], []]);
});
