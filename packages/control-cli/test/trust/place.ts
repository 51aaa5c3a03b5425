import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCollector } from "@mimolo/operations";
import { onTestFinished } from "vitest";
import { main } from "../../src/main.ts";
import { captured } from "../captured.ts";

/** A plugin that an author would write: asks for files and the network, and to write logs. */
export function writePlugin(folder: string, more: { readonly version?: string; readonly id?: string } = {}): void {
  const { version = "1.0.0", id = "acme.inbox" } = more;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "plugin.toml"),
    `[plugin]\nid = "${id}"\nname = "Inbox watch"\nversion = "${version}"\ntype = "agent"\nentry = "main.mjs"\n` +
      `permissions = ["write-logs"]\n[plugin.capabilities]\nnetwork = true\nfilesystem = true\n` +
      `[plugin.filesystem]\nread = ["$HOME/Mail"]\n`,
  );
  writeFileSync(join(folder, "main.mjs"), "process.stdin.resume();\n");
}

/** A folder of one's own with a plugin in it, and `mimolo` on its data directory; gone when the test is over. */
export function trustPlace(more: Readonly<Record<string, string>> = {}) {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), "mimolo trust ")));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const dataDir = join(cwd, "data");
  writePlugin(join(cwd, "inbox"));
  /** Runs `mimolo` here and now. */
  const mimolo = async (...argv: string[]) => {
    const env = { XDG_CONFIG_HOME: join(cwd, "config"), PATH: process.env["PATH"] ?? "", USER: "ada", ...more };
    const { surroundings, out, err } = captured({ cwd, env });
    const code = await main([...argv, "--data-dir", dataDir], surroundings);
    return { code, out: out(), err: err() };
  };
  return {
    cwd,
    dataDir,
    mimolo,
    /** The answer of a verb that goes well. */
    json: async <Answer>(...argv: string[]): Promise<Answer> => {
      const { code, out, err } = await mimolo(...argv, "--json");
      if (code !== 0 || err !== "") throw new Error(`exit ${code}: ${err}`);
      return JSON.parse(out) as Answer;
    },
    /** The error of a verb that does not. */
    error: async (...argv: string[]) => {
      const { code, out, err } = await mimolo(...argv, "--json");
      const { error } = JSON.parse(err) as { error: { code: string; message: string; hint: string } };
      return { exit: code, out, ...error };
    },
    /** A collector at work on the data directory, until the test is over. */
    running: async () => {
      const collector = await createCollector({ dataDir, cwd });
      await collector.start();
      onTestFinished(() => collector.stop());
    },
  };
}
