import { expect, test } from "vitest";
import { refuseToml } from "./scratch.ts";

const agent = '[plugins.load]\nexecutable = "./load.mjs"\n';

/** What people write, and what they are told. */
const golden: [title: string, toml: string, code: string, message: string, hint: string | undefined][] = [
  ["x", '[monitor]\ncooldown_secnds = 60\n', "", "", ""],
  ["x", '[monitor]\ncooldownSeconds = 60\n', "", "", ""],
  ["x", '[monitor]\nport = 60\n', "", "", ""],
  ["x", '[monitor]\nsomething_else = 60\n', "", "", ""],
  ["x", '[moniter]\n', "", "", ""],
  ["x", 'cooldown_seconds = 60\n', "", "", ""],
  ["x", '[monitor]\ncooldown_seconds = "ten"\n', "", "", ""],
  ["x", '[monitor]\ncooldown_seconds = "10m"\n', "", "", ""],
  ["x", '[monitor]\ncooldown_seconds = "600"\n', "", "", ""],
  ["x", '[monitor]\ncooldown_seconds = -5\n', "", "", ""],
  ["x", '[monitor]\ncooldown_seconds = nan\n', "", "", ""],
  ["x", '[monitor]\nlog_format = "jsnl"\n', "", "", ""],
  ["x", '[monitor]\nlog_format = 3\n', "", "", ""],
  ["x", '[monitor]\nday_start = "4 o\'clock"\n', "", "", ""],
  ["x", '[monitor]\ntime_zone = "Europe/Berln"\n', "", "", ""],
  ["x", 'monitor = 5\n', "", "", ""],
  ["x", '[control]\nport = 70000\n', "", "", ""],
  ["x", '[control]\nport = 8080.5\n', "", "", ""],
  ["x", '[plugins.load]\nenabled = true\n', "", "", ""],
  ["x", '[plugins.load]\nexecutible = "./load.mjs"\n', "", "", ""],
  ["x", '[plugins]\nexecutable = "./load.mjs"\n', "", "", ""],
  ["x", `${agent}args = "-v"\n`, "", "", ""],
  ["x", `${agent}args = ["-v", 3]\n`, "", "", ""],
  ["x", `${agent}env = { PORT = 3 }\n`, "", "", ""],
  ["x", `${agent}enabled = "yes"\n`, "", "", ""],
  ["x", `${agent}heartbeat_interval_s = 0\n`, "", "", ""],
  ["x", `${agent}\n[plugins.LOAD]\nexecutable = "x"`, "", "", ""],
  ["x", `${agent}\n[plugins.load]\nexecutable = "x"`, "", "", ""],
  ["x", `${agent}\nexecutable = "x"`, "", "", ""],
  ["x", `[plugins."über uns"]\nexecutable = "x"`, "", "", ""],
  ["x", `[plugins.a-b]\nexecutable = "x"\n[plugins.a_b]\nexecutable = "x"`, "", "", ""],
  ["x", `[monitor\ncooldown_seconds = 5`, "", "", ""],
  ["x", `[monitor]\nlog_format = jsonl`, "", "", ""],
  ["x", `[monitor]\nlog_dir = "C:\\Users"`, "", "", ""],
  ["x", `[monitor]\nplugin_cpu_budget_percent = 1\nmain_system_max_cpu_per_plugin = 2`, "", "", ""],
  ["x", `[monitor]\nplugin_cpu_budget_percent = "1"`, "", "", ""],
  ["x", `[[rules]]\nname = "a"\nwhen = { source = "sumary" }\ndo = { plugin = "x" }`, "", "", ""],
  ["x", `[[rules]]\nname = "a"\ndo = { plugin = "x" }`, "", "", ""],
  ["x", `[[rules]]\nname = "a"\nwhen = { source = "summary", wher = "x" }\ndo = { plugin = "x" }`, "", "", ""],
  ["x", `[rules]\nname = "a"`, "", "", ""],
  ["x", `[[privacy]]\nfield = "data.title"`, "", "", ""],
  ["x", `[[privacy]]\nfield = "data.title"\nregex = "("`, "", "", ""],
  ["x", `[registry]\npaths = "here"`, "", "", ""],
];

test.each(golden)("%s", (_title, toml) => {
  const e = refuseToml(toml);
  console.log(JSON.stringify(toml), "\n  ", e.code, e.line, e.column, e.key, e.nearest, e.problems.length, "\n  ", e.message, "\n  ", e.hint);
  expect(1).toBe(1);
});
