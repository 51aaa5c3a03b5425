import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Place } from "../browser/collector.ts";

const BIN = fileURLToPath(new URL("../../../../control-cli/bin/mimolo.js", import.meta.url));

/** A file of an agent by what it does. */
export function agentFile(name: string): string {
  return fileURLToPath(new URL(`../agents/${name}.mjs`, import.meta.url));
}

/** A verb of the command line, before anything runs or beside it. */
export function mimolo({ folder, dataDir, env }: Place, ...argv: string[]): string {
  return execFileSync(process.execPath, [BIN, ...argv, "--data-dir", dataDir], { cwd: folder, env, encoding: "utf8" });
}

const SCHEMA = {
  type: "object",
  properties: {
    every_s: { type: "integer", minimum: 1, maximum: 60, description: "How often it looks." },
    suffix: { type: "string", pattern: "^\\.", description: "What the names of mails end in." },
    kinds: { type: "array", items: { type: "string" } },
    loud: { type: "boolean" },
    way: { enum: ["imap", "maildir"] },
  },
};

/** Packs and signs `acme.inbox`, which asks for files, the network and to write logs; the path of the package. */
export function packInbox(place: Place, version = "1.0.0"): string {
  const source = join(place.folder, "inbox");
  mkdirSync(source, { recursive: true });
  copyFileSync(agentFile("draws-widget"), join(source, "main.mjs"));
  writeFileSync(join(source, "settings.json"), JSON.stringify(SCHEMA));
  writeFileSync(
    join(source, "plugin.toml"),
    `[plugin]
id = "acme.inbox"
name = "Inbox watch"
version = "${version}"
description = "Counts unread mails"
type = "agent"
entry = "main.mjs"
permissions = ["write-logs"]
config_schema = "settings.json"
[plugin.defaults]
every_s = 5
[plugin.capabilities]
network = true
filesystem = true
[plugin.filesystem]
read = ["$HOME/Mail"]
`,
  );
  mimolo(place, "plugin", "pack", "inbox", "--sign");
  return join(place.folder, `acme.inbox-${version}.mmpkg`);
}
