import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { widthOf } from "../../src/present/width.ts";
import { fixture, mimolo, place } from "./spawned.ts";
import { atTerminal } from "./terminal.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const FILE = "acme.inbox-1.0.0.mmpkg";

/** A signed package of somebody, and a person who does not know the key. */
async function packageOfAStranger() {
  const at = place();
  const { folder } = at;
  mkdirSync(join(folder, "inbox"));
  copyFileSync(fixture("reports-work.mjs"), join(folder, "inbox", "main.mjs"));
  const author =
    '[plugin]\nid = "acme.inbox"\nname = "Inbox watch"\nversion = "1.0.0"\ntype = "agent"\nentry = "main.mjs"\n';
  writeFileSync(
    join(folder, "inbox", "plugin.toml"),
    `${author}[plugin.capabilities]\nnetwork = true\nfilesystem = true\n`,
  );
  const theirs = ["--data-dir", join(folder, "theirs"), "--json"];
  const made = await mimolo(at, "key", "new", "--scope", "acme.*", ...theirs).ended;
  await mimolo(at, "plugin", "pack", "inbox", "--sign", ...theirs).ended;
  return { at, key: JSON.parse(made.out) as { key_id: string; public_key: string } };
}

test.runIf(needs("python3"))(
  "an unknown key is asked about at a terminal, then what the plugin may touch",
  async () => {
    const { at, key } = await packageOfAStranger();
    const mine = ["--data-dir", at.dataDir];
    const no = await mimolo(at, "plugin", "install", FILE, "--yes", ...mine).ended;
    expect(no.code).toBe(4);
    expect(no.err).toContain("unknown-key");
    const { code, screen } = await atTerminal(
      at,
      [
        ["Its public key", `${key.public_key}\r`],
        ["Trust it?", "\u001B[B"],
        ["\u001B[39m for acme.inbox alone", "\r"],
        ["Grant this and install it?", "y"],
      ],
      "plugin",
      "install",
      FILE,
      ...mine,
    );
    expect(code, screen).toBe(0);
    const text = stripVTControlCharacters(screen);
    expect(text).toContain(`signed with key ${key.key_id}`);
    expect(text).toMatch(/high +Files 📁 +Reads and writes every file that you can\./);
    expect(text).toMatch(/low +Network 🌐 +Talks to other machines\. \(granted by itself\)/);
    expect(screen).toContain("\u001B[31mhigh");
    expect(screen).toContain("\u001B[32mlow");
    expect(text).toContain("Installed: acme.inbox 1.0.0");
    // A machine that is slow shows what it is busy with, and takes that line back.
    const shown = stripVTControlCharacters(screen.replaceAll("\u001B[2K", "\n")).split(/[\r\n]+/);
    for (const line of shown.slice(0, 6)) expect(widthOf(line), line).toBeLessThanOrEqual(80);
    const { out } = await mimolo(at, "key", "list", "--json", ...mine).ended;
    expect(JSON.parse(out)).toMatchObject({
      keys: [{ key_id: key.key_id, source: "first-use", scope: ["acme.inbox"] }],
    });
  },
);

test.runIf(needs("python3"))(
  "a key that was trusted stays so when the installation is called off, and it is said",
  async () => {
    const { at, key } = await packageOfAStranger();
    const mine = ["--data-dir", at.dataDir];
    const { code, screen } = await atTerminal(
      at,
      [
        ["Its public key", `${key.public_key}\r`],
        ["Trust it?", "\u001B[B"],
        ["\u001B[39m for acme.inbox alone", "\r"],
        ["Grant this and install it?", "\u0003"],
      ],
      "plugin",
      "install",
      FILE,
      ...mine,
    );
    expect(code, screen).toBe(130);
    expect(screen).toContain(`The key stays trusted; to take that back: mimolo key revoke ${key.key_id}`);
    const { out } = await mimolo(at, "key", "list", "--json", ...mine).ended;
    expect(JSON.parse(out)).toMatchObject({ keys: [{ source: "first-use", scope: ["acme.inbox"] }] });
  },
);

test.runIf(needs("python3"))("no is the answer until a yes is chosen, and Ctrl-C is a no", async () => {
  const { at } = await packageOfAStranger();
  const theirs = ["--data-dir", join(at.folder, "theirs")];
  for (const keys of ["\r", "\u0003"]) {
    const steps = [["Grant this and install it?", keys]] as const;
    const { code, screen } = await atTerminal(at, steps, "plugin", "install", FILE, ...theirs);
    expect([code, screen]).toEqual([130, expect.stringContaining("Nothing was installed.") as string]);
  }
  const { out } = await mimolo(at, "plugin", "list", "--json", ...theirs).ended;
  expect(out).not.toContain("acme.inbox");
  await mimolo(at, "plugin", "install", FILE, "--yes", ...theirs).ended;
  const kept = await atTerminal(at, [["Remove acme.inbox?", "\r"]], "plugin", "remove", "acme.inbox", ...theirs);
  expect(kept.code).toBe(130);
  const gone = await atTerminal(at, [["Remove acme.inbox?", "y"]], "plugin", "remove", "acme.inbox", ...theirs);
  expect(gone.code).toBe(0);
});
