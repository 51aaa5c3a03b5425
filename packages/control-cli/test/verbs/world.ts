import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { agents as builtins } from "@mimolo/agents";
import { createCollector } from "@mimolo/operations";
import { onTestFinished } from "vitest";
import { main } from "../../src/main.ts";
import { runSettings } from "../../src/run/settings.ts";
import { captured } from "../captured.ts";
import { writePlugin } from "../trust/place.ts";

const program = fileURLToPath(new URL("../fixtures/agents/answers-as-asked.mjs", import.meta.url));

/** How a verb ended. */
export interface Ended {
  readonly exit: number;
  readonly out: string;
  /** What `--json` says on stderr of a verb that failed. */
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
}

/** A folder of work with an agent, a plugin to install, a repository and some evidence, and `mimolo` in it. */
export interface World {
  readonly root: string;
  mimolo(...words: string[]): Promise<Ended>;
}

/** Two worlds that `running` alone tells apart: in both a collector has worked, in one it still does. */
export async function world(running: boolean): Promise<World> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mimolo verbs ")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));
  const cwd = join(root, "work");
  const dataDir = join(root, "data");
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: root,
    XDG_CONFIG_HOME: join(root, "config"),
    USER: "ada",
    GIT_CONFIG_GLOBAL: join(root, "gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
  };
  writePlugin(join(cwd, "inbox"));
  mkdirSync(join(root, "registry"));
  writeFileSync(join(root, "gitconfig"), "[user]\nname = Ada\nemail = ada@example.org\n");
  execFileSync("git", ["init", "--quiet"], { cwd, env });
  writeFileSync(join(cwd, "other.mjs"), "process.stdin.resume();\n");
  const file = join(cwd, "mimolo.toml");
  writeFileSync(
    file,
    `[control]\nport = 0\n[registry]\nsources = [${JSON.stringify(join(root, "registry"))}]\n` +
      `[plugins.mine]\nexecutable = "node"\nargs = [${JSON.stringify(program)}]\n` +
      `[[rules]]\nname = "long"\nwhen = { source = "segment" }\ndo = { plugin = "local.mine" }\n`,
  );

  const mimolo = async (...words: string[]): Promise<Ended> => {
    const { surroundings, out, err } = captured({ cwd, env });
    // What stands behind `--` belongs to the verb.
    const at = words.includes("--") ? words.indexOf("--") : words.length;
    const common = ["--data-dir", dataDir, "--json"];
    const exit = await main([...words.slice(0, at), ...common, ...words.slice(at)], surroundings);
    const [last = ""] = err().trimEnd().split("\n").slice(-1);
    const error = exit !== 0 && last.startsWith("{") ? (JSON.parse(last) as { error: Ended["error"] }).error : null;
    return { exit, out: out(), error };
  };
  const other = join(root, "other");
  await main(["key", "new", "--data-dir", other], captured({ cwd, env }).surroundings);
  const [publicKey = ""] = readdirSync(join(other, "trust", "keys")).filter((name) => name.endsWith(".pub"));
  copyFileSync(join(other, "trust", "keys", publicKey), join(root, "other.pub"));
  for (const allowed of [".", program]) {
    const { exit, error } = await mimolo("allow", allowed);
    if (exit !== 0) throw new Error(error?.message);
  }

  const { surroundings } = captured({ cwd, env });
  const settings = (texts?: ReadonlyMap<string, string>) =>
    runSettings({ options: { dataDir }, surroundings }, builtins, { texts });
  const collector = await createCollector({
    ...settings(),
    dataDir,
    builtins,
    cwd,
    env,
    reload: { load: settings, watch: false },
  });
  await collector.start();
  onTestFinished(() => collector.stop({ hurry: true }));
  await collector.plugins.invoke("mine", { interface: "action", method: "execute", timeoutMs: 30_000 });
  if (!running) await collector.stop();
  return { root, mimolo };
}
