import { expect, test } from "vitest";
import { scratch } from "./scratch.ts";

const files = {
  "user/mimolo.toml": '[plugins.my-agent]\nexecutable = "./mine"\n[plugins.load]\nplugin = "mimolo.system-load"\n',
};

test("variables are read as the type of their key", () => {
  const config = scratch(files).load({
    env: {
      MIMOLO_MONITOR__COOLDOWN_SECONDS: "90",
      MIMOLO_MONITOR__LOG_FORMAT: "md",
      MIMOLO_MONITOR__DIAGNOSTICS_ENABLED: "off",
      MIMOLO_MONITOR__PLUGIN_CPU_BUDGET_PERCENT: "0.5",
      MIMOLO_REGISTRY__PATHS: "/a, /b",
      MIMOLO_PLUGINS__MY_AGENT__ARGS: '["-v", "a,b"]',
      MIMOLO_PLUGINS__MY_AGENT__ENV__Api_Key: "1",
      MIMOLO_PLUGINS__LOAD__ENABLED: "false",
      MIMOLO_PLUGINS__LOAD__SAMPLES: "3",
      MIMOLO_PLUGINS__LOAD__WATCH_DIRS: '["src"]',
      MIMOLO_PLUGINS__LOAD__NAME: "my name",
      MIMOLO_PLUGINS__LOAD__SINCE: "2026-01-01",
      MIMOLO_PLUGINS__LOAD__DEEP__FLAG: "true",
    },
  });
  expect(config.monitor).toMatchObject({
    cooldown_seconds: 90,
    log_format: "md",
    diagnostics_enabled: false,
    main_system_max_cpu_per_plugin: 0.5,
  });
  expect(config.registry.paths).toHaveLength(2);
  expect(config.plugins["my-agent"]).toMatchObject({ args: ["-v", "a,b"], env: { Api_Key: "1" } });
  expect(config.plugins["load"]).toMatchObject({
    enabled: false,
    settings: { samples: 3, watch_dirs: ["src"], name: "my name", since: "2026-01-01", deep: { flag: true } },
  });
  expect(config.notices).toEqual([]);
});

test("variables that name nothing are told and ignored", () => {
  const config = scratch(files).load({
    env: {
      MIMOLO_MONITOR__COOLDOWN_SECS: "90",
      MIMOLO_MONITR__COOLDOWN_SECONDS: "90",
      MIMOLO_PLUGINS__NOBODY__ENABLED: "true",
      MIMOLO_PLUGINS__LOAD: "x",
      MIMOLO_MONITOR__: "1",
      MIMOLO_HOME: "/data",
      MIMOLO_AGENT_LABEL: "x",
      OTHER__THING: "x",
    },
  });
  expect(config.notices.map(({ message }) => message)).toEqual([
    "environment MIMOLO_MONITOR__COOLDOWN_SECS is ignored: no such key in [monitor], did you mean MIMOLO_MONITOR__COOLDOWN_SECONDS?",
    "environment MIMOLO_MONITR__COOLDOWN_SECONDS is ignored: no such section",
    "environment MIMOLO_PLUGINS__NOBODY__ENABLED is ignored: no agent has this label",
    "environment MIMOLO_PLUGINS__LOAD is ignored: no agent has this label",
    "environment MIMOLO_MONITOR__ is ignored: not of the form MIMOLO_<SECTION>__<KEY>",
  ]);
});

test("a variable with a value its key cannot have is an error that names the variable", () => {
  const error = scratch(files).refused({ env: { MIMOLO_PLUGINS__MY_AGENT__HEARTBEAT_INTERVAL_S: "soon" } });
  expect(error).toMatchObject({
    code: "wrong-type",
    file: "environment",
    key: "plugins.my-agent.heartbeat_interval_s",
    message:
      'environment MIMOLO_PLUGINS__MY_AGENT__HEARTBEAT_INTERVAL_S: "heartbeat_interval_s" in [plugins.my-agent] must be a number from 0.1 to 3600; found the text "soon"',
  });
});

test("an agent may be configured by the environment alone, when it says what is run", () => {
  const config = scratch().load({
    env: { MIMOLO_PLUGINS__SIDE_LOAD__PLUGIN: "mimolo.system-load", MIMOLO_PLUGINS__SIDE_LOAD__SAMPLES: "2" },
  });
  expect(config.plugins).toMatchObject({ side_load: { plugin: "mimolo.system-load", settings: { samples: 2 } } });
});

test("a label that holds two underscores is found by the longest match", () => {
  const text = '[plugins.a]\nplugin = "x"\n[plugins.a__b]\nplugin = "y"\n';
  const config = scratch({ "user/mimolo.toml": text }).load({ env: { MIMOLO_PLUGINS__A__B__KEY: "1" } });
  expect(config.plugins).toMatchObject({ a: { settings: {} }, a__b: { settings: { key: 1 } } });
});
