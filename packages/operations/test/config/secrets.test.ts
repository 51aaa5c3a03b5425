import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadToml, refuseToml, scratch } from "./scratch.ts";

test("references keep their form; their files start where the file lies that names them", () => {
  const { root, project, load } = scratch({
    "user/mimolo.toml": '[plugins.mail]\nplugin = "acme.mail"\ntoken = { file = "token.txt" }\nother = { env = "A" }\n',
    "project/mimolo.toml":
      '[plugins.mail]\nother = { file = "~/b" }\nmore = [{ file = "../c" }, { file = 5 }, { file = "d", x = 1 }]\n',
  });
  const { plugins } = load({ consent: true });
  expect(plugins["mail"]?.settings).toEqual({
    token: { file: join(root, "user", "token.txt") },
    other: { file: join(homedir(), "b") },
    more: [{ file: join(root, "c") }, { file: 5 }, { file: "d", x: 1 }],
  });
  expect(plugins["mail"]?.from.secrets).toEqual({
    token: { file: join(root, "user", "mimolo.toml"), line: 3 },
    other: { file: join(project, "mimolo.toml"), line: 2 },
    "more[0]": { file: join(project, "mimolo.toml"), line: 3 },
  });
});

test("half of one reference and half of another are none: the later one counts as a whole", () => {
  const { load } = scratch({
    "etc/mimolo.toml":
      '[plugins.mail]\nplugin = "acme.mail"\na = { env = "A" }\nb = { env = "B" }\nc = "text"\nenv = { A = "1" }\n',
    "user/mimolo.toml": '[plugins.mail]\na = { file = "/a" }\nb = { x = 1 }\nc = { env = "C" }\nenv = { env = "2" }\n',
  });
  const agent = load().plugins["mail"];
  expect(agent?.settings).toEqual({ a: { file: "/a" }, b: { x: 1 }, c: { env: "C" } });
  expect(agent?.env).toEqual({ A: "1", env: "2" });
});

test("a file that was only found may name no secrets before somebody agrees", () => {
  const { refused } = scratch({
    "project/mimolo.toml":
      '[plugins.mail]\nplugin = "acme.mail"\ntoken = { env = "AWS_SECRET" }\ninner = { list = [{ file = "../x" }] }\n',
  });
  expect(refused().problems.map(({ code, key, line }) => [code, key, line])).toEqual([
    ["needs-consent", "plugins.mail.token", 3],
    ["needs-consent", "plugins.mail.inner.list[0]", 4],
  ]);
  expect(refused().message).toContain("may not set what secret an agent gets before you agree");
});

test("where a plugin's default is a text or a number, a reference is as good", () => {
  const mail = { plugin_id: "acme.mail", defaults: { token: "", port: 25, other: "" } };
  const toml = '[plugins.mail]\nplugin = "acme.mail"\ntoken = { env = "TOKEN" }\nport = { file = "/port" }\n';
  expect(loadToml(toml, { builtins: [mail] }).plugins["mail"]?.settings["token"]).toEqual({ env: "TOKEN" });
  const wrong = refuseToml(`${toml}other = { env = "A", more = 1 }\n`, { builtins: [mail] });
  expect(wrong.problems.map(({ key, code }) => [key, code])).toEqual([["plugins.mail.other", "wrong-type"]]);
});
