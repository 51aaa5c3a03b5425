import { createHash } from "node:crypto";
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ReloadReport } from "../../src/reload/report.ts";
import {
  type CarriedConsent,
  type ConfigChange,
  editConfig,
  type LoadedConfig,
  withOverrides,
} from "../../src/index.ts";
import { replaceText } from "../../src/edit/write-file.ts";
import { scratch } from "../config/scratch.ts";

const toml = `# mine
[monitor]
cooldown_seconds = 600 # ten minutes

[plugins.mine] # the one
executable = "node"
args = ["a.mjs"]
`;

function editing(files: Readonly<Record<string, string>> = { "project/mimolo.toml": toml }) {
  const at = scratch(files);
  const text = (name = "project/mimolo.toml") => readFileSync(join(at.root, name), "utf8");
  const read = (texts?: ReadonlyMap<string, string>) => at.load({ consent: true, ...(texts && { texts }) });
  const edit = (change: ConfigChange, reload?: () => Promise<ReloadReport>) =>
    editConfig(change, { read, check: () => undefined }, reload);
  return { ...at, text, edit };
}

test("what is added, changed and removed stands in the file, and the rest of it as before", async () => {
  const { edit, text } = editing();
  await edit({ do: "add", label: "other", values: { executable: "sh", args: ["-c"] } });
  expect(text()).toBe(`${toml}\n[plugins.other]\nexecutable = "sh"\nargs = ["-c"]\n`);
  await edit({ do: "duplicate", label: "mine", as: "mine-2" });
  await edit({ do: "set", label: "MINE-2", values: { args: null, memory_mib: 64, env: { A: "1" } } });
  const edited = await edit({ do: "remove", label: "other" });
  expect(text()).toBe(
    `${toml}\n[plugins.mine-2]\nexecutable = "node"\nmemory_mib = 64\n\n[plugins.mine-2.env]\nA = "1"\n`,
  );
  expect(edited.config.plugins["mine-2"]).toMatchObject({ memory_mib: 64, args: [], env: { A: "1" } });
  await edit({ do: "collector", values: { monitor: { cooldown_seconds: 60 } } });
  expect(text()).toContain("cooldown_seconds = 60 # ten minutes");
});

test("who writes a value is told of what was changed while a collector ran and lies over it", async () => {
  const { load } = editing();
  const overrides = { agents: { mine: { memory_mib: 32 } } };
  const source = {
    read: (texts?: ReadonlyMap<string, string>) => load({ consent: true, ...(texts && { texts }) }),
    check: () => undefined,
    inEffect: (config: LoadedConfig) => withOverrides(config, overrides, []),
  };
  const edit = (values: object) => editConfig({ do: "set", label: "mine", values: { ...values } }, source);
  expect((await edit({ memory_mib: 64 })).overruled).toEqual([
    "plugins.mine.memory_mib is overruled by state/overrides.json",
  ]);
  expect((await edit({ cpu_budget_percent: 2 })).overruled).toEqual([]);
});

test.each<[string, ConfigChange, string]>([
  ["a taken label", { do: "add", label: "Mine", values: { executable: "sh" } }, "label-taken"],
  ["an unknown label", { do: "remove", label: "mne" }, "unknown-agent"],
  ["a misspelt key", { do: "set", label: "mine", values: { memory_mb: 64 } }, "unknown-key"],
  ["a wrong value", { do: "set", label: "mine", values: { memory_mib: "much" } }, "wrong-type"],
  ["a key that is not set", { do: "set", label: "mine", values: { cwd: null } }, "not-set"],
])("%s is refused and the file untouched", async (_name, change, code) => {
  const { edit, text } = editing();
  await expect(edit(change)).rejects.toMatchObject({ code });
  expect(text()).toBe(toml);
});

test("an unknown label is told with the nearest one and all there are", async () => {
  const { edit } = editing();
  await expect(edit({ do: "remove", label: "mne" })).rejects.toMatchObject({
    hint: 'did you mean "mine"? agents here: mine',
  });
});

test("without a file, or with YAML, it is said what helps", async () => {
  const add: ConfigChange = { do: "add", label: "x", values: { executable: "sh" } };
  await expect(editing({}).edit(add)).rejects.toMatchObject({ code: "no-config-file", hint: /mimolo init/ });
  const yaml = editing({ "project/mimolo.yaml": "monitor:\n  cooldown_seconds: 5\n" });
  await expect(yaml.edit(add)).rejects.toMatchObject({ code: "not-editable", message: /only TOML files are edited/ });
});

test("where there is no file, one is begun; it goes again with an edit that fails, and is never written over another", async () => {
  const { root, load, text } = editing({});
  const file = join(root, "project/mimolo.toml");
  const read = (texts?: ReadonlyMap<string, string>) => load({ consent: true, ...(texts && { texts }) });
  const source = { read, check: () => undefined, begin: () => ({ file, text: toml }) };
  await expect(editConfig({ do: "remove", label: "nobody" }, source)).rejects.toMatchObject({ code: "unknown-agent" });
  expect(existsSync(file)).toBe(false);
  const taken: ReloadReport = { outcome: "rolled-back", message: "no", reasons: [], blocked: [] };
  const change: ConfigChange = { do: "set", label: "mine", values: { memory_mib: 64 } };
  await expect(editConfig(change, source, () => Promise.resolve(taken))).rejects.toMatchObject({ code: "rolled-back" });
  expect(existsSync(file)).toBe(false);
  expect((await editConfig(change, source)).files).toEqual([file]);
  expect(text()).toBe(`${toml}memory_mib = 64\n`);
  const elsewhere = { ...source, read: () => editing({}).load({ consent: true }) };
  await expect(editConfig(change, elsewhere)).rejects.toMatchObject({ code: "no-config-file", message: /EEXIST/ });
  expect(text()).toBe(`${toml}memory_mib = 64\n`);
});

test("the file that configures an agent is edited, not the one above it", async () => {
  const user = '[plugins.hers]\nplugin = "mimolo.system-load"\n';
  const { edit, text } = editing({ "project/mimolo.toml": toml, "user/mimolo.toml": user });
  await edit({ do: "set", label: "hers", values: { memory_mib: 64 } });
  expect(text("user/mimolo.toml")).toBe(`${user}memory_mib = 64\n`);
  expect(text()).toBe(toml);
});

test("what a collector takes back is taken back in the file", async () => {
  const { edit, text } = editing();
  const report: ReloadReport = { outcome: "rolled-back", message: "", reasons: ["mine did not come up"], blocked: [] };
  const change: ConfigChange = { do: "set", label: "mine", values: { args: ["b.mjs"] } };
  await expect(edit(change, () => Promise.resolve(report))).rejects.toMatchObject({
    code: "rolled-back",
    message: "taken back: mine did not come up",
  });
  expect(text()).toBe(toml);
});

test("a file is replaced whole, under its mode, through a link, with nothing left beside it", () => {
  const at = scratch({ "project/real.toml": "a = 1\n" });
  const real = join(at.project, "real.toml");
  chmodSync(real, 0o640);
  symlinkSync(real, join(at.project, "mimolo.toml"));
  replaceText(join(at.project, "mimolo.toml"), "a = 2\n");
  expect(readFileSync(real, "utf8")).toBe("a = 2\n");
  if (process.platform !== "win32") expect(statSync(real).mode & 0o777).toBe(0o640);
  expect(readdirSync(at.project).toSorted()).toEqual(["mimolo.toml", "real.toml"]);
});

test("a file that somebody protected is not replaced", () => {
  const { root, text } = editing();
  const file = join(root, "project/mimolo.toml");
  chmodSync(file, 0o444);
  expect(() => replaceText(file, "other")).toThrow(expect.objectContaining({ code: "not-editable" }) as Error);
  expect(text()).toBe(toml);
});

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Someone who agreed to the file as it is, and goes on agreeing to what is carried on. */
function agreeing() {
  const at = editing();
  const path = join(at.project, "mimolo.toml");
  const agreed = { path, sha256: digest(toml) };
  const read = (texts?: ReadonlyMap<string, string>) =>
    at.load({ consent: (file) => file.path === path && file.sha256 === agreed.sha256, ...(texts && { texts }) });
  const carryConsent = ({ from, to, ...edit }: CarriedConsent) => {
    if (edit.path === path && from === agreed.sha256) agreed.sha256 = to;
  };
  const edit = (change: ConfigChange, reload?: () => Promise<ReloadReport>) =>
    editConfig(change, { read, check: () => undefined, carryConsent }, reload);
  return { ...at, path, read, edit };
}

test("who agreed to a file agrees to what MiMoLo makes of it", async () => {
  const { edit, read, text } = agreeing();
  await edit({ do: "add", label: "other", values: { executable: "sh", args: ["-c"] } });
  await edit({ do: "set", label: "other", values: { env: { A: "1" } } });
  expect(text()).toContain('A = "1"');
  expect(read().plugins["other"]?.executable).toBe("sh");
});

test("an edit carries no consent over what somebody else wrote", async () => {
  const { path, edit, read, text } = agreeing();
  const change: ConfigChange = { do: "set", label: "mine", values: { args: ["b.mjs"] } };
  writeFileSync(path, `${toml}env = { LD_PRELOAD = "./evil.so" }\n`);
  await expect(edit(change)).rejects.toMatchObject({ code: "needs-consent" });
  const evil = text();
  // Between our look at the file and our writing: the text we began with stands in for the one that was agreed to.
  writeFileSync(path, toml);
  const meanwhile = agreeingMeanwhile(path, evil);
  await expect(editConfig(change, meanwhile)).rejects.toMatchObject({
    code: "not-editable",
    message: `${path} was changed meanwhile`,
  });
  expect(text()).toBe(evil);
  expect(() => read()).toThrow(expect.objectContaining({ code: "needs-consent" }) as Error);

  /** The file becomes another one once it was checked. */
  function agreeingMeanwhile(file: string, other: string) {
    return { read, check: () => writeFileSync(file, other), carryConsent: () => expect.fail("nothing was edited") };
  }
});

test("what a collector takes back is agreed to as it was", async () => {
  const { edit, read, text } = agreeing();
  const report: ReloadReport = { outcome: "rolled-back", message: "", reasons: ["it died"], blocked: [] };
  const change: ConfigChange = { do: "set", label: "mine", values: { args: ["b.mjs"] } };
  await expect(edit(change, () => Promise.resolve(report))).rejects.toMatchObject({ code: "rolled-back" });
  expect(text()).toBe(toml);
  expect(read().plugins["mine"]?.args).toEqual(["a.mjs"]);
});

test("an edit whose consent cannot be kept is taken back", async () => {
  const { read, text } = agreeing();
  const change: ConfigChange = { do: "set", label: "mine", values: { args: ["b.mjs"] } };
  const carryConsent = () => Promise.reject(new Error("no space"));
  await expect(editConfig(change, { read, check: () => undefined, carryConsent })).rejects.toThrow("no space");
  expect(text()).toBe(toml);
});
