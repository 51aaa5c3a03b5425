import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPluginFile } from "@mimolo/operations/trust";
import { describe, expect, test } from "vitest";
import { KINDS } from "../../src/new/kinds.ts";
import { LANGUAGES } from "../../src/new/languages.ts";
import { namesOf } from "../../src/new/names.ts";
import { isThere, render } from "../../src/new/render.ts";

const schema = readFileSync(fileURLToPath(new URL("../../../../spec/plugin.schema.json", import.meta.url)), "utf8");
const pairs = KINDS.flatMap((kind) => LANGUAGES.map((language) => [kind, language] as const));
const there = pairs.filter(([kind, language]) => isThere(kind, language));

function rendered(kind: (typeof KINDS)[number], language: (typeof LANGUAGES)[number]) {
  const read = namesOf("Inbox_watch", kind);
  if (!read.ok) throw new Error(read.why);
  return render({ kind, language, names: read.names, author: 'Ada "the first" \\ Lovelace', version: "0.4.0" });
}

test("every kind in every language", () => {
  expect(there).toEqual(pairs);
});

describe.each(there)("%s in %s", (kind, language) => {
  const files = rendered(kind, language);

  test("leaves no place unfilled", () => {
    for (const [name, text] of files) expect(`${name}: ${text}`).not.toMatch(/\{\{[a-z_]*\}\}|\[object/);
  });

  test("has a plugin.toml that says what it must, and its schema beside it", () => {
    const text = files.get("plugin.toml") ?? "";
    expect(text.split("\n")[0]).toBe("#:schema ./plugin.schema.json");
    expect(files.get("plugin.schema.json")).toBe(schema);
    const folder = mkdtempSync(join(tmpdir(), "mimolo new "));
    writeFileSync(join(folder, "plugin.toml"), text);
    const read = readPluginFile(join(folder, "plugin.toml"));
    rmSync(folder, { recursive: true });
    expect(read).toMatchObject({ ok: true });
    expect(read.ok && read.author).toMatchObject({
      id: "local.inbox-watch",
      name: "Inbox watch",
      author: 'Ada "the first" \\ Lovelace',
      type: kind,
      description: expect.any(String),
      license: "MIT",
    });
  });

  test("asks for the one folder it looks into, or for none until the # is taken away, and sets itself no limits", () => {
    const path = join(mkdtempSync(join(tmpdir(), "mimolo new ")), "plugin.toml");
    const read = (text = "") => {
      writeFileSync(path, text);
      const { ok, ...rest } = readPluginFile(path);
      return ok && "author" in rest ? rest.author : rest;
    };
    const asItIs = read(files.get("plugin.toml"));
    const asking = read(files.get("plugin.toml")?.replace(/^# (?=[[a-z])/gm, ""));
    rmSync(dirname(path), { recursive: true });
    const own = language === "sh" ? ["subprocess"] : [];
    const inbox = { capabilities: ["filesystem", ...own], filesystem: { read: ["$HOME/inbox"] } };
    expect(asItIs).toMatchObject(kind === "action" ? { capabilities: own } : inbox);
    expect(asItIs).toHaveProperty("limits", {});
    expect(asking).toMatchObject(inbox);
  });

  test("is installed outside its folder, granted what it asks for, and told which folder it may see", () => {
    const text = files.get("README.md") ?? "";
    const steps = text.slice(text.indexOf("\ncd ..\n"));
    const granted = [...(kind === "action" ? [] : ["filesystem"]), ...(language === "sh" ? ["subprocess"] : [])];
    const grant = granted.length === 0 ? "--yes" : `--grant ${granted.join(" ")}`;
    expect(steps).toContain(`plugin install Inbox_watch/local.inbox-watch-0.1.0.mmpkg ${grant}\n`);
    expect(steps.includes('plugin config local.inbox-watch folder="$HOME/inbox"\n')).toBe(kind !== "action");
    expect(steps).toMatch(/plugin enable local\.inbox-watch\n.*mimolo run\n/);
    // What came to try it with is gone before it is packed.
    expect(/touch letter\.txt[^]*rm -f letter\.txt\n[^]*plugin pack \./.test(text)).toBe(kind !== "action");
  });

  test("has a README, a test, a configuration to try it, and what git is to leave out", () => {
    const names = [...files.keys()];
    expect(names).toEqual(expect.arrayContaining(["README.md", "mimolo.toml", ".gitignore", ".editorconfig"]));
    // Rust keeps its tests beside what they test.
    expect(language === "rust" || names.some((name) => /test/.test(name))).toBe(true);
    expect(files.get("mimolo.toml")).toMatch(/^# .*\n\[plugins\.Inbox_watch\]\nexecutable = ".+"\n/);
    for (const [name, text] of files) if (name.endsWith(".json")) expect(() => JSON.parse(text)).not.toThrow();
  });
});

test("what compares one look with the next says what it does not see", () => {
  for (const [kind, language] of there) {
    const isTold = rendered(kind, language).get("README.md")?.includes("What came while it did not run is not told");
    expect([kind, language, isTold]).toEqual([kind, language, !["action", "reporter"].includes(kind)]);
  }
});

test("what looks into a folder looks into its own when it is tried, so that a file that comes is seen", () => {
  for (const [kind, language] of there) {
    const text = rendered(kind, language).get("mimolo.toml") ?? "";
    const told = /^folder = "\."$/m.test(text);
    expect([kind, language, told]).toEqual([kind, language, kind !== "action"]);
  }
});
