import { expect, test } from "vitest";
import { loadToml } from "./scratch.ts";

const oldFile = `
[monitor]
cooldown_seconds = 600
poll_tick_s = 0.2
log_dir = "./logs"
log_format = "jsonl"
console_verbosity = "debug"
journal_dir = "./journals"
cache_dir = "./cache"
main_system_max_cpu_per_plugin = 0.1
agent_heartbeat_timeout_s = 30

[control]
status_repaint_interval_ms = 250
indicator_fade_step_s = 0.2
request_timeout = 5

[plugins.folder_watch]
enabled = true
plugin_type = "agent"
executable = "python"
args = ["agents/folder_watch.py"]
heartbeat_interval_s = 15.0
agent_flush_interval_s = 60.0
launch_in_separate_terminal = false
watch_dirs = ["./src"]
extensions = ["py"]

[plugins.screen]
plugin_type = "agent"
executable = "python"
launch_in_separate_terminal = true
`;

test("an old-style file loads; what means nothing any more is told once each", () => {
  const config = loadToml(oldFile);
  expect(config.monitor.cooldown_seconds).toBe(600);
  expect(config.plugins["folder_watch"]).toMatchObject({
    plugin_type: "agent",
    executable: "python",
    args: ["agents/folder_watch.py"],
    heartbeat_interval_s: 15,
    agent_flush_interval_s: 60,
    settings: { watch_dirs: ["./src"], extensions: ["py"] },
  });
  expect(config.notices.map(({ message, line }) => [message, line])).toEqual([
    [
      "mimolo.toml:14:1: older timing keys of [control] are ignored: status_repaint_interval_ms, indicator_fade_step_s, request_timeout",
      14,
    ],
    ['mimolo.toml:25:1: "launch_in_separate_terminal" is ignored: agents run without a terminal', 25],
  ]);
});

test("the other name of the CPU budget is read as the budget, and its place is remembered", () => {
  const config = loadToml("[monitor]\nplugin_cpu_budget_percent = 0.5\n");
  expect(config.monitor.main_system_max_cpu_per_plugin).toBe(0.5);
  expect(config.origins.get("monitor.main_system_max_cpu_per_plugin")?.line).toBe(2);
});

test("a plugin of the oldest kind keeps its monitor's words and its own settings", () => {
  const text =
    '[plugins.mymonitor]\nplugin = "local.mymonitor"\nenabled = true\npoll_interval_s = 5.0\nresets_cooldown = true\ninfrequent = false\ncustom_list = ["item1", "item2"]\n';
  expect(loadToml(text).plugins["mymonitor"]).toMatchObject({
    poll_interval_s: 5,
    resets_cooldown: true,
    infrequent: false,
    settings: { custom_list: ["item1", "item2"] },
  });
});

test("sections of later versions are passed over with a notice", () => {
  const config = loadToml('[fleet]\nhub = "nats://h"\n[[projects]]\nname = "x"\n');
  expect(config.notices.map(({ message }) => message)).toEqual([
    "mimolo.toml:1:2: [fleet] is not read by this version",
    "mimolo.toml:3:3: [projects] is not read by this version",
  ]);
});
