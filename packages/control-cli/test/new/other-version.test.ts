import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPlugin } from "@mimolo/operations/trust";
import { expect, onTestFinished, test } from "vitest";
import { LANGUAGES, languageFacts } from "../../src/new/languages.ts";
import { namesOf } from "../../src/new/names.ts";
import { render } from "../../src/new/render.ts";
import { writeFolder } from "../../src/new/write.ts";
import { otherVersion } from "../../src/plugin/other-version.ts";

test.each(LANGUAGES)("a starter in %s whose version was raised in one place only is noticed", async (language) => {
  const read = namesOf("seas", "agent");
  if (!read.ok) throw new Error(read.why);
  const { names } = read;
  const files = new Map(render({ kind: "agent", language, names, author: "Ada", version: "0.4.0" }));
  const [executable, ...args] = languageFacts[language].command(names);
  const program = args[0] ?? executable;
  // As if it had been built.
  if (!files.has(program)) files.set(program, "");
  const folder = join(mkdtempSync(join(tmpdir(), "mimolo new ")), "seas");
  onTestFinished(() => rmSync(join(folder, ".."), { recursive: true }));
  writeFolder(folder, files);
  const { manifest } = await packPlugin({ directory: folder, env: {} });
  expect(otherVersion(folder, manifest)).toBeNull();
  const place = languageFacts[language].versionIn;
  expect(otherVersion(folder, { ...manifest, version: "7.1.9" })).toBe(
    `plugin.toml says version 7.1.9, and ${place} still says 0.1.0`,
  );
});
