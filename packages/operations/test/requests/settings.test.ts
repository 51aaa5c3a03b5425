import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { PlayedPlugin } from "./played-plugin.ts";
import { Stage } from "./stage.ts";

let stage: Stage | null = null;
afterEach(async () => {
  await stage?.down();
  stage = null;
});

const running = (label: string) =>
  stage?.collector.status().agents.find((each) => each.label === label)?.state === "running";

test("settings of another are read and changed, its agents start anew, and what is so already changes nothing", async () => {
  const asks = new PlayedPlugin("asks", ["read-config", "write-config"]);
  const other = new PlayedPlugin("other");
  stage = await new Stage([asks, other]).up();
  const first = stage.collector.status().agents.find(({ label }) => label === "other")?.run_id;
  const runId = () => stage?.collector.status().agents.find(({ label }) => label === "other")?.run_id;
  const set = () => asks.request("config.set", { plugin: "local.other", values: { shade: "green", deep: { a: 1 } } });
  const changed = { ok: true, data: { plugin_id: "local.other", values: { shade: "green", deep: { a: 1 } } } };
  expect(await stage.answer(set(), 50)).toEqual(changed);
  await stage.until(() => running("other") && runId() !== first, 50);
  const second = runId();
  expect(await stage.answer(set())).toEqual(changed);
  expect(await stage.answer(asks.request("config.get", { plugin: "local.other" }))).toEqual(changed);
  expect(runId()).toBe(second);
  expect(stage.said.filter(({ code }) => code === "plugin-configures")).toHaveLength(1);
});

test("a secret is told as its reference, to its own plugin and to others, and a plugin sets none", async () => {
  const asks = new PlayedPlugin("asks", ["read-config", "write-config"]);
  const keeps = new PlayedPlugin("keeps");
  stage = new Stage([asks, keeps]);
  const secret = { token: { env: "MIMOLO_TEST_TOKEN" }, plain: 1 };
  await stage.up({ env: { PATH: process.env["PATH"], MIMOLO_TEST_TOKEN: "hush-hush" } }, { keeps: secret });
  const told = { ok: true, data: { plugin_id: "local.keeps", values: secret } };
  expect(await stage.answer(asks.request("config.get", { plugin: "local.keeps" }))).toEqual(told);
  expect(await stage.answer(keeps.request("config.get"))).toEqual(told);
  for (const values of [
    { token: { file: "/etc/passwd" } },
    { list: [{ env: "HOME" }] },
    { deep: { file: "x", more: 1 } },
  ])
    expect(await stage.answer(asks.request("config.set", { plugin: "local.asks", values }))).toMatchObject({
      error: { code: "invalid-params", message: expect.stringContaining("only a person") },
    });
});

test("a secret that stands plainly in the settings is told to its own plugin alone", async () => {
  const asks = new PlayedPlugin("asks", ["read-config", "write-config"]);
  const keeps = new PlayedPlugin("keeps");
  stage = new Stage([asks, keeps]);
  const [entry, script] = [join(stage.root, "keeps.mjs"), join(stage.root, "scripts", "asks.mjs")];
  writeFileSync(entry, "// keeps\n");
  const builtin = {
    plugin_id: "acme.keeps",
    name: "keeps",
    version: "1.0.0",
    type: "agent" as const,
    description: "keeps",
    entry,
    sha256: createHash("sha256").update("// keeps\n").digest("hex"),
    interfaces: [],
    capabilities: [],
    permissions: [],
    defaults: {},
    default_label: "keeps",
    config_schema: { properties: { bearer: { type: "string", writeOnly: true }, shade: { type: "string" } } },
  };
  await stage.up({
    builtins: [builtin],
    plugins: {
      asks: { executable: process.execPath, args: [script], sandbox: "off" },
      keeps: { plugin: "acme.keeps", sandbox: "off", settings: { bearer: "tell-nobody", shade: "red" } },
    },
  });
  const told = (values: object) => ({ ok: true, data: { plugin_id: "acme.keeps", values } });
  expect(await stage.answer(keeps.request("config.get"))).toEqual(told({ bearer: "tell-nobody", shade: "red" }));
  const asked = () => asks.request("config.get", { plugin: "acme.keeps" });
  expect(await stage.answer(asked())).toEqual(told({ bearer: "(a secret)", shade: "red" }));
  const set = asks.request("config.set", { plugin: "acme.keeps", values: { shade: "red" } });
  expect(await stage.answer(set, 50)).toEqual(told({ bearer: "(a secret)", shade: "red" }));
});

test("a plugin that changes its own settings whenever it starts is stopped doing so", async () => {
  const own = new PlayedPlugin("own", ["write-config"]);
  const codes: string[] = [];
  let count = 0;
  own.starts = () => {
    void (async () => {
      const { error } = await own.request("config.set", { plugin: "local.own", values: { count: (count += 1) } });
      codes.push(error?.code ?? "ok");
    })();
  };
  stage = await new Stage([own]).up();
  await stage.until(() => codes.includes("loop"), 50);
  expect(count).toBe(4);
  await stage.until(() => running("own"), 50);
});
