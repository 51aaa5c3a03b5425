import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RegisterReport } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { trustPlace, writePlugin } from "./place.ts";

interface NewKey {
  readonly key_id: string;
  readonly public_key: string;
  readonly label: string;
  readonly scope: string[];
  readonly path: string;
}

for (const door of ["the files", "a collector"]) {
  test(`through ${door}: a key, a package, its installation, what it may touch, and the end of all that`, async () => {
    const { cwd, dataDir, json, error, mimolo, running } = trustPlace();
    if (door === "a collector") await running();
    const key = await json<NewKey>("key", "new", "--label", "work", "--scope", "acme.*");
    expect(Object.keys(key)).toEqual(["key_id", "public_key", "label", "scope", "path"]);
    expect(key).toMatchObject({ label: "work", scope: ["acme.*"] });
    expect(key.path).toBe(join(dataDir, "trust", "keys", `${key.key_id}.key`));
    const written = readFileSync(join(dataDir, "trust", "keys", `${key.key_id}.pub`), "utf8");
    expect(written.split("\n")[1]).toBe(key.public_key);

    const packed = await json<{ path: string; manifest_sha256: string }>("plugin", "pack", "inbox", "--sign");
    expect(packed).toMatchObject({ plugin_id: "acme.inbox", version: "1.0.0", key_id: key.key_id, files: 1 });
    expect(packed.path).toBe(join(cwd, "acme.inbox-1.0.0.mmpkg"));
    const file = "acme.inbox-1.0.0.mmpkg";
    expect(await json("plugin", "verify", file)).toEqual({
      verdict: "trusted",
      manifest_sha256: packed.manifest_sha256,
      key_id: key.key_id,
    });

    const asked = await error("plugin", "install", file);
    expect(asked).toMatchObject({ exit: 4, code: "needs-consent", out: "" });
    expect(asked.hint).toContain("--grant filesystem");
    expect(asked.hint).toContain("--yes");
    // The option that takes many gives back the word that is none of its values.
    const installed = await json("plugin", "install", "--grant", "filesystem", file);
    expect(installed).toMatchObject({
      plugin_id: "acme.inbox",
      verdict: "trusted",
      manifest_sha256: packed.manifest_sha256,
      granted: ["network", "filesystem"],
      not_granted: ["write-logs"],
    });
    const { plugins } = await json<RegisterReport>("plugin", "list");
    expect(plugins.find(({ plugin_id }) => plugin_id === "acme.inbox")).toMatchObject({
      verdict: "trusted",
      capabilities: ["network", "filesystem"],
      permissions: ["write-logs"],
    });
    const info = (await mimolo("plugin", "info", "acme.inbox")).out;
    expect(info).toContain("Reads $HOME/Mail.");
    expect(info).toMatch(/Files .*\(granted\)/);
    expect(info).toMatch(/write-logs .*\(not granted\)/);
    expect(await json("plugin", "grant", "acme.inbox", "write-logs")).toMatchObject({ not_granted: [] });
    expect(await json("plugin", "revoke", "acme.inbox", "filesystem")).toMatchObject({ not_granted: ["filesystem"] });
    expect((await mimolo("plugin", "revoke", "acme.inbox")).out).toContain("acme.inbox is granted: nothing");

    expect(await json("key", "revoke", key.key_id.toLowerCase(), "--why", "stolen")).toMatchObject({
      revoked: { why: "stolen" },
    });
    expect((await mimolo("key", "list")).out).toMatch(/work .* revoked .*: stolen/);
    const verified = await mimolo("plugin", "verify", file, "--json");
    expect([verified.code, JSON.parse(verified.out)]).toMatchObject([4, { verdict: "revoked" }]);
    expect(await error("plugin", "install", file, "--yes")).toMatchObject({ exit: 4, code: "revoked" });
    expect(await error("plugin", "remove", "acme.inbox")).toMatchObject({ exit: 4, code: "no-terminal" });
    expect(await json("plugin", "remove", "acme.inbox", "--yes")).toEqual({
      plugin_id: "acme.inbox",
      versions: ["1.0.0"],
    });
    expect(await error("plugin", "info", "acme.inbox")).toMatchObject({ exit: 2, code: "unknown-plugin" });
    for (const words of [["remove", "--yes"], ["enable"], ["disable"], ["config"]]) {
      const unknown = await error("plugin", ...words, "acme.inbox");
      expect(unknown).toMatchObject({ exit: 2, code: "unknown-plugin" });
    }
  });

  test(`through ${door}: a script is allowed as it is, with what it may touch; a folder's configuration, too`, async () => {
    const { cwd, json, error, mimolo, running } = trustPlace();
    if (door === "a collector") await running();
    const path = join(cwd, "my-agent.mjs");
    writeFileSync(path, "");
    const allowed = await json<{ key_id: string }>("allow", "--grant", "network,filesystem", "my-agent.mjs");
    expect(allowed).toMatchObject({ kind: "script", path, granted: ["network", "filesystem"] });
    expect((await mimolo("allow", "my-agent.mjs")).out).toContain("write its own data folder: no network");
    writeFileSync(join(cwd, "run.sh"), "#!/bin/sh\n");
    expect((await mimolo("allow", "run.sh")).err).toContain("shell script");
    writeFileSync(join(cwd, "mimolo.toml"), "");
    expect(await json("allow", ".")).toMatchObject({ kind: "config", path: join(cwd, "mimolo.toml") });
    expect((await json<{ keys: object[] }>("key", "list")).keys).toMatchObject([
      { key_id: allowed.key_id, source: "self", scope: ["local.*"] },
    ]);
    expect(await error("allow", "nowhere.py")).toMatchObject({ exit: 2, code: "not-allowable" });
    expect(await error("allow", "my-agent.mjs", "--grant", "netwrok")).toMatchObject({
      exit: 2,
      code: "unknown-capability",
    });
    expect(await error("allow", "")).toMatchObject({ exit: 2, code: "usage" });
    expect(await error("allow")).toMatchObject({ exit: 2, code: "usage" });
  });
}

test("without a key of one's own that fits nothing is signed, and the line that makes one is printed", async () => {
  const { error, json } = trustPlace();
  const refused = await error("plugin", "pack", "inbox", "--sign");
  expect(refused).toMatchObject({ exit: 4, code: "no-key" });
  expect(refused.hint).toContain("mimolo key new --scope 'acme.*'");
  await json("key", "new");
  expect(await error("plugin", "pack", "inbox", "--sign")).toMatchObject({ exit: 4 });
  expect(await json("plugin", "pack", "inbox", "--out", "mine.mmpkg")).toMatchObject({ key_id: null });
  await json("key", "new", "--scope", "acme.*");
  expect(await json("plugin", "sign", "mine.mmpkg")).toMatchObject({ plugin_id: "acme.inbox" });
  expect(await json("plugin", "verify", "mine.mmpkg")).toMatchObject({ verdict: "trusted" });
});

test("what is not trusted is not installed; each verdict is the error's code, with what helps", async () => {
  const { cwd, error, json } = trustPlace();
  await json("plugin", "pack", "inbox");
  const unsigned = await error("plugin", "install", "acme.inbox-1.0.0.mmpkg", "--yes");
  expect(unsigned).toMatchObject({ exit: 4, code: "unsigned" });
  const author = trustPlace();
  const key = await author.json<NewKey>("key", "new", "--scope", "acme.*");
  const file = join(author.cwd, "acme.inbox-1.0.0.mmpkg");
  await author.json("plugin", "pack", "inbox", "--sign");
  const unknown = await error("plugin", "install", file, "--yes");
  expect(unknown).toMatchObject({ exit: 4, code: "unknown-key" });
  expect(unknown.hint).toContain("mimolo key trust");
  const pub = key.path.replace(/key$/, "pub");
  expect(await json("key", "trust", pub)).toMatchObject({ source: "pinned", scope: ["local.*"] });
  const outside = await error("plugin", "install", file, "--yes");
  expect(outside).toMatchObject({ exit: 4, code: "out-of-scope" });
  // The same command as in the reason: for this plugin, no more.
  expect(outside.hint).toMatch(/: mimolo key trust FILE\.pub --scope acme\.inbox/);
  expect(await json("key", "trust", "--scope", "acme.*", pub, "--label", "Acme")).toMatchObject({ label: "Acme" });
  expect(await json("plugin", "install", file, "--yes")).toMatchObject({ not_granted: [] });
  expect(await error("key", "trust", "inbox/main.mjs")).toMatchObject({ exit: 2, code: "bad-key" });
  writeFileSync(join(cwd, "line.pub"), `${key.public_key}\n`);
  expect(await json("key", "trust", "line.pub", "--scope", "acme.*")).toMatchObject({ key_id: key.key_id });

  appendFileSync(join(cwd, "broken.mmpkg"), "no archive");
  expect(await error("plugin", "verify", "broken.mmpkg")).toMatchObject({ exit: 4 });
  expect(await error("plugin", "verify", "nowhere.mmpkg")).toMatchObject({ exit: 2, code: "not-found" });
  expect(await error("plugin", "verify", "inbox")).toMatchObject({ exit: 2, code: "not-packed" });
  writeFileSync(join(cwd, "inbox", "plugin.toml"), "[plugin]\nid = 3\n");
  const wrong = await error("plugin", "pack", "inbox");
  expect(wrong).toMatchObject({ exit: 2, code: "bad-plugin-file" });
  expect(wrong.message).toContain("plugin.toml:2");
});

test("an update that asks for no more needs no new consent; going back has to be said", async () => {
  const { cwd, error, json, mimolo } = trustPlace();
  expect((await mimolo("key", "new", "--scope", "acme.*")).out).toMatch(
    /public file {2}.*\.pub\n {2}secret file {2}.*\.key\n/,
  );
  await json("plugin", "pack", "inbox", "--sign");
  writePlugin(join(cwd, "inbox"), { version: "1.1.0" });
  await json("plugin", "pack", "inbox", "--sign");
  const first = await mimolo("plugin", "install", "acme.inbox-1.1.0.mmpkg", "--yes");
  expect(first.out).toContain("To run it: mimolo plugin enable acme.inbox");
  const refused = await error("plugin", "install", "acme.inbox-1.0.0.mmpkg");
  expect(refused).toMatchObject({ exit: 4, code: "downgrade" });
  expect(refused.hint).toContain("--accept-downgrade");
  expect(await json("plugin", "install", "acme.inbox-1.0.0.mmpkg", "--accept-downgrade")).toMatchObject({
    version: "1.0.0",
    replaced: "1.1.0",
  });
});

test("an option or a word that belongs to another action is a usage error with the right form", async () => {
  const { error } = trustPlace();
  expect(await error("key", "list", "--scope", "x")).toMatchObject({ exit: 2, hint: "mimolo key list" });
  expect(await error("plugin", "grant", "acme.inbox")).toMatchObject({ exit: 2, hint: "mimolo plugin grant ID CAP…" });
  expect(await error("plugin", "list", "x")).toMatchObject({ exit: 2, message: 'too many words: "x"' });
  expect((await error("plugin", "verify", "x", "--accept-downgrade")).message).toContain("--accept-downgrade does not");
  expect((await error("plugin", "frobnicate")).hint).toContain("install");
  expect(await error("key", "new", "--scope", "Acme")).toMatchObject({ exit: 2 });
});

test("a found file that sets many things is refused in a few lines and one command", async () => {
  const { cwd, mimolo } = trustPlace();
  const agent = (label: string) => `[plugins.${label}]\nexecutable = "sh"\nargs = ["${label}.sh"]\n`;
  writeFileSync(join(cwd, "mimolo.toml"), ["a", "b", "c", "d"].map(agent).join(""));
  const { code, err } = await mimolo("run", "--for", "1s");
  expect(code).toBe(4);
  expect(err.trimEnd().split("\n")).toHaveLength(7);
  expect(err).toMatch(
    /\n {2}and 3 more places that set what runs\n {2}read mimolo\.toml, then agree with: mimolo allow /,
  );
});

test("where no sandbox works every consent says so", async () => {
  const { cwd, mimolo } = trustPlace({ PATH: cwdWithoutPrograms() });
  writeFileSync(join(cwd, "my-agent.mjs"), "");
  const { code, err } = await mimolo("allow", "my-agent.mjs");
  expect(code).toBe(0);
  expect(err).toContain("it runs unconfined here");
});

function cwdWithoutPrograms(): string {
  return mkdtempSync(join(tmpdir(), "mimolo-nothing-"));
}
