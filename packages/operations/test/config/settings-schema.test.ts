import { join } from "node:path";
import { expect, test } from "vitest";
import type { KnownPlugin } from "../../src/config/index.ts";
import { scratch } from "./scratch.ts";

const schema = {
  type: "object",
  required: ["address"],
  additionalProperties: false,
  properties: {
    address: { type: "string", minLength: 3 },
    level: { enum: ["low", "high"] },
    count: { type: "integer", minimum: 1, maximum: 10 },
    token: { type: "string", pattern: "^[0-9a-f]+$" },
    limits: { type: "object", properties: { soft: { type: "number" } }, additionalProperties: false },
    feeds: { type: "array", items: { anyOf: [{ type: "string" }, { type: "object", required: ["url"] }] } },
    poll_interval_s: { type: "number", minimum: 5 },
  },
};
const mail: KnownPlugin = { plugin_id: "acme.mail", config_schema: schema };

function problemsIn(lines: string, plugin: KnownPlugin = mail) {
  const { project, refused } = scratch({ "project/mimolo.toml": `[plugins.mail]\nplugin = "acme.mail"\n${lines}` });
  const { problems } = refused({ builtins: [plugin] });
  return problems.map(({ message, file, line, key, nearest, allowed, hint, code }) => {
    expect(file).toBe(join(project, "mimolo.toml"));
    return { message: message.replace(/^\S+ /, ""), line, key, nearest, allowed, hint, code };
  });
}

test("what a plugin's schema does not allow is told with line, key, what is allowed, what was found and the nearest name", () => {
  expect(problemsIn('address = "x@y"\ncount = 11\nlevel = "hihg"\n')).toEqual([
    {
      message: '"count" in [plugins.mail] must be a whole number from 1 to 10; found the number 11',
      line: 4,
      key: "plugins.mail.count",
      nearest: undefined,
      allowed: ["a whole number from 1 to 10"],
      hint: "correct it or leave it out",
      code: "out-of-range",
    },
    {
      message: '"level" in [plugins.mail] must be one of "low", "high"; found the text "hihg", did you mean "high"?',
      line: 5,
      key: "plugins.mail.level",
      nearest: "high",
      allowed: ["low", "high"],
      hint: 'write level = "high"',
      code: "not-allowed",
    },
  ]);
});

test("a key that is missing stands at its section, one too many at itself", () => {
  expect(problemsIn("adress = 'me'\n")).toMatchObject([
    { line: 3, key: "plugins.mail.adress", nearest: "address", code: "unknown-key" },
    { line: 1, key: "plugins.mail.address", code: "missing-key", hint: "add address = … to [plugins.mail]" },
  ]);
  expect(problemsIn("address = 'me@home'\n[plugins.mail.limits]\nsfot = 1\n")).toMatchObject([
    { line: 5, key: "plugins.mail.limits.sfot", nearest: "soft", code: "unknown-key" },
  ]);
});

test("what is inside lists is found, and a choice is told as one thing", () => {
  expect(problemsIn("address = 'me@home'\nfeeds = ['a', 5]\n")).toMatchObject([
    {
      line: 4,
      key: "plugins.mail.feeds[1]",
      message: '"feeds[1]" in [plugins.mail] must be text in quotes, or a table; found the number 5',
    },
  ]);
});

test("numbers in quotes, texts without: the hint says what to write", () => {
  expect(problemsIn("address = 5\ncount = '7'\n")).toMatchObject([
    { code: "wrong-type", hint: 'put it in quotes: "5"' },
    { code: "wrong-type", hint: "leave out the quotes: count = 7" },
  ]);
});

test("MiMoLo's own keys are not the schema's business, but the pace is where it speaks of it", () => {
  const text = (poll: number) =>
    `[plugins.mail]\nplugin = "acme.mail"\naddress = "me@home"\nmemory_mib = 50\npoll_interval_s = ${poll}\n`;
  const { load } = scratch({ "project/mimolo.toml": text(5) });
  expect(load({ builtins: [mail] }).plugins["mail"]).toMatchObject({ poll_interval_s: 5, memory_mib: 50 });
  const { refused } = scratch({ "project/mimolo.toml": text(4) });
  const { message } = refused({ builtins: [mail] });
  expect(message).toContain('"poll_interval_s" in [plugins.mail] must be a number from 5; found the number 4');
});

test("defaults count before anything is missing; what is wrong with them is the plugin's own fault", () => {
  const { load } = scratch({ "project/mimolo.toml": '[plugins.mail]\nplugin = "acme.mail"\n' });
  const sound = load({ builtins: [{ ...mail, defaults: { address: "me@home" } }] });
  expect(sound.notices).toEqual([]);
  const { notices } = load({ builtins: [{ ...mail, defaults: { address: "me@home", count: 0 } }] });
  expect(notices.map(({ message }) => message)).toEqual([
    "acme.mail: its own default of count is not what its schema allows; that is for its author to mend, and stops nothing",
  ]);
});

test("a schema that cannot be used blocks nobody, and is said", () => {
  const { load } = scratch({ "project/mimolo.toml": '[plugins.mail]\nplugin = "acme.mail"\ncount = 99\n' });
  const saidOf = (plugin: Partial<KnownPlugin>) => {
    const { plugins, notices } = load({ builtins: [{ plugin_id: "acme.mail", ...plugin }] });
    expect(plugins["mail"]?.settings).toEqual({ count: 99 });
    return notices.map(({ message }) => message);
  };
  expect(saidOf({ config_schema: { type: "strnig" } })[0]).toContain(
    "acme.mail: its schema must have one of string, number",
  );
  expect(saidOf({ config_schema: { $ref: "http://127.0.0.1/x.json" } })[0]).toContain(
    "refers at # to something that is not in it",
  );
  expect(saidOf({ schema_fault: 'config_schema "s.json" is no JSON' })[0]).toContain(
    'acme.mail: config_schema "s.json" is no JSON;',
  );
});

test("in the environment a wrong value is refused by its variable, an unknown name is only told", () => {
  const { load, refused } = scratch({
    "project/mimolo.toml": '[plugins.mail]\nplugin = "acme.mail"\naddress = "me@home"\n',
  });
  const env = (name: string, value: string) => ({
    builtins: [mail],
    env: { [`MIMOLO_PLUGINS__MAIL__${name}`]: value },
  });
  expect(refused(env("COUNT", "99")).message).toContain(
    'environment MIMOLO_PLUGINS__MAIL__COUNT: "count" in [plugins.mail] must be a whole number from 1 to 10',
  );
  const { plugins, notices } = load(env("SOMETHING_ELSE", "1"));
  expect(plugins["mail"]?.settings).toMatchObject({ something_else: 1 });
  expect(notices[0]?.message).toContain(
    'unknown key "something_else" in [plugins.mail]; it is handed to the plugin as it is',
  );
});
