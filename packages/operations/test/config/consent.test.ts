import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratch } from "./scratch.ts";

const asking = `
[monitor]
log_dir = "../elsewhere"
cooldown_seconds = 30

[control]
port = 0

[trust]
auto_grant_low = true

[fleet]
hub = "nats://example"

[registry]
paths = ["plugins", "/opt/plugins"]

[plugins.mine]
executable = "./mine.mjs"
args = ["--fast"]
cwd = "."
env = { KEY = "value" }
sandbox = "off"

[plugins.folder-activity]
plugin = "mimolo.folder-activity"
watch_dirs = ["src", "/home/someone", "~/private", "../up", "$HOME/x"]
nested = { deep = [{ path = "C:/here", out = "a/../../out" }] }
`;

const keysAsked = [
  "control.port",
  "fleet.hub",
  "trust.auto_grant_low",
  "plugins.mine.executable",
  "plugins.mine.args",
  "plugins.mine.cwd",
  "plugins.mine.env",
  "plugins.mine.sandbox",
  "plugins.folder-activity.watch_dirs[1]",
  "plugins.folder-activity.watch_dirs[2]",
  "plugins.folder-activity.watch_dirs[3]",
  "plugins.folder-activity.watch_dirs[4]",
  "plugins.folder-activity.nested.deep[0].out",
  "monitor.log_dir",
  "registry.paths[1]",
];

test("a file merely found may not decide what runs, how it is reached, nor lead out of its folder", () => {
  const { project, refused } = scratch({ "project/mimolo.toml": asking });
  const error = refused();
  expect(error.problems.map(({ key }) => key)).toEqual(keysAsked);
  expect(new Set(error.problems.map(({ code }) => code))).toEqual(new Set(["needs-consent"]));
  expect(error.message).toBe(
    'mimolo.toml:7:1: "control.port": a file that was only found here may not set [control] before you agree',
  );
  expect(error.hint).toBe(`read mimolo.toml, then agree with: mimolo allow '${project}'`);
});

test("naming the file, or agreeing, is consent", () => {
  const { load } = scratch({ "project/mimolo.toml": asking });
  for (const options of [{ configFile: "mimolo.toml" }, { consent: true }]) {
    const config = load(options);
    expect(config.blocked).toEqual([]);
    expect(config.plugins["mine"]?.executable).toBe("./mine.mjs");
  }
});

test("a caller that starts nothing gets notices instead, and is told what was asked for", () => {
  const { project, load } = scratch({ "project/mimolo.toml": asking });
  const config = load({ consent: "notice" });
  expect(config.blocked.map(({ key }) => key)).toEqual(keysAsked);
  expect(config.notices.filter(({ message }) => message.includes("before you agree"))).toHaveLength(keysAsked.length);
  expect(config.notices.at(-1)?.message).toBe(`read mimolo.toml, then agree with: mimolo allow '${project}'`);
});

test("the user's own file and the machine's need no consent", () => {
  expect(scratch({ "user/mimolo.toml": asking }).load().plugins["mine"]?.sandbox).toBe("off");
  expect(scratch({ "etc/mimolo.toml": asking }).load().control.port).toBe(0);
});

test("a found file may do what stays inside its folder", () => {
  const modest = `
[monitor]
cooldown_seconds = 30
log_dir = "logs"
[control]
repaint_interval_ms = 5
[plugins.folder-activity]
plugin = "mimolo.folder-activity"
watch_dirs = [".", "./src", "a/../b", "..."]
sandbox = "require"
note = "10% of ~ 5 $"
`;
  expect(scratch({ "project/mimolo.toml": modest }).load().monitor.cooldown_seconds).toBe(30);
});

test.skipIf(process.platform === "win32")("a link that leads out of the folder counts as leading out", () => {
  const text = '[plugins.watch]\nplugin = "mimolo.folder-activity"\nwatch_dirs = ["link/inside", "plain"]\n';
  const { project, root, refused } = scratch({ "project/mimolo.toml": text, "user/inside/file": "" });
  symlinkSync(join(root, "user"), join(project, "link"));
  expect(refused().problems.map(({ key }) => key)).toEqual(["plugins.watch.watch_dirs[0]"]);
});

test("whoever works in the folder of the user's file has agreed to it", () => {
  const { root, load } = scratch({ "user/mimolo.toml": asking });
  const config = load({ cwd: join(root, "user") });
  expect(config.files).toEqual([join(root, "user", "mimolo.toml")]);
  expect(config.blocked).toEqual([]);
});

function digest(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

test("who is asked gets the place and the digest of the bytes that were read", () => {
  const bytes = Buffer.from(`\uFEFF${asking}`);
  const { project, load } = scratch({ "project/mimolo.toml": bytes });
  const asked: unknown[] = [];
  const config = load({
    consent: (file) => {
      asked.push(file);
      return true;
    },
  });
  expect(asked).toEqual([{ path: join(project, "mimolo.toml"), sha256: digest(bytes) }]);
  expect(config.control.port).toBe(0);
  expect(config.blocked).toEqual([]);
});

test("a file that needs nothing is not asked for", () => {
  const consent = () => expect.fail("nobody needs to be asked");
  expect(scratch({ "project/mimolo.toml": "[monitor]\ncooldown_seconds = 30\n" }).load({ consent }).files).toHaveLength(
    1,
  );
});

test("a file that was changed after it was agreed to is refused and says so", () => {
  const { project, refused, load } = scratch({ "project/mimolo.toml": asking });
  const hint = `it was changed since you agreed; read mimolo.toml, then agree with: mimolo allow '${project}' --data-dir /elsewhere`;
  expect(refused({ consent: () => "changed", dataDir: "/elsewhere" })).toMatchObject({ code: "needs-consent", hint });
  expect(load({ consent: () => "changed", look: true }).blocked).toHaveLength(keysAsked.length);
});

test("a stand-in may do what the file itself may", () => {
  const { project, load, refused } = scratch({ "project/mimolo.toml": asking });
  const file = join(project, "mimolo.toml");
  const texts = new Map([[file, `${asking}\n[plugins.more]\nexecutable = "sh"\n`]]);
  const consent = ({ sha256 }: { sha256: string }) => sha256 === digest(asking);
  expect(load({ texts, consent }).plugins["more"]?.executable).toBe("sh");
  expect(refused({ texts, consent: ({ sha256 }) => sha256 === digest(texts.get(file) ?? "") }).code).toBe(
    "needs-consent",
  );
});

test.skipIf(process.platform === "win32")("a link to a file that was agreed to elsewhere is a place of its own", () => {
  const { root, project, refused } = scratch({ "project/mimolo.toml": asking });
  const trap = join(root, "trap");
  mkdirSync(trap);
  symlinkSync(join(project, "mimolo.toml"), join(trap, "mimolo.toml"));
  symlinkSync(trap, join(root, "way"));
  const asked: string[] = [];
  refused({
    cwd: join(root, "way"),
    consent: ({ path }) => {
      asked.push(path);
      return path === join(project, "mimolo.toml");
    },
  });
  expect(asked).toEqual([join(trap, "mimolo.toml")]);
});
