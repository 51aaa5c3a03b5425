import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const BIN = fileURLToPath(new URL("../../../../control-cli/bin/mimolo.js", import.meta.url));
const PATIENCE_MS = 30_000;

/** A machine of somebody's own: a git repository to work in, and a home that knows no other MiMoLo. */
export interface Place {
  readonly folder: string;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

export function makePlace(): Place {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mimolo-browser-")));
  const folder = join(root, "project");
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: root,
    XDG_CONFIG_HOME: join(root, "config"),
    XDG_DATA_HOME: join(root, "share"),
    XDG_RUNTIME_DIR: root,
    TZ: "Europe/Berlin",
    GIT_CONFIG_GLOBAL: join(root, "gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
  };
  mkdirSync(folder);
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, env, stdio: "pipe" });
  git("init", "-q");
  git("config", "user.email", "ada@example.org");
  git("config", "user.name", "Ada");
  writeFileSync(join(folder, "notes.txt"), "one\n");
  git("add", ".");
  git("commit", "-qm", "begin");
  const remove = () => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  return { folder, dataDir: join(root, "data"), env, remove };
}

/** A `mimolo run` in a process of its own. */
export interface Running {
  /** What it printed: the page's address with a code that is good once. */
  readonly address: string;
  readonly port: string;
  /** Everything that stands in its terminal. */
  screen(): string;
  /** Resolves with the match once the terminal shows it. */
  shows(text: RegExp): Promise<RegExpExecArray>;
  /** Another address with a fresh code, from `mimolo open`. */
  freshAddress(): Promise<string>;
  /** Another verb of the same `mimolo`, answered in JSON. */
  ask<Answer>(...argv: string[]): Promise<Answer>;
  stop(): Promise<void>;
}

export async function runCollector(place: Place, ...more: string[]): Promise<Running> {
  const { folder, dataDir, env } = place;
  const child = spawn(process.execPath, [BIN, "run", "--data-dir", dataDir, ...more], { cwd: folder, env });
  let screen = "";
  const listeners = new Set<() => void>();
  const heard = (text: string) => {
    screen += text;
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding("utf8").on("data", heard);
  child.stderr.setEncoding("utf8").on("data", heard);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const shows = (text: RegExp) => shown(text, child, () => screen, listeners);
  const ask = async <Answer>(...argv: string[]) => {
    const command = [BIN, ...argv, "--data-dir", dataDir, "--json"];
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: folder, env });
    return JSON.parse(stdout) as Answer;
  };
  const [, address = "", port = ""] = await shows(/(http:\/\/127\.0\.0\.1:(\d+)\/#code=\S+)/u);
  return {
    address,
    port,
    screen: () => screen,
    shows,
    ask,
    freshAddress: async () => (await ask<{ address: string }>("open")).address,
    async stop() {
      const kill = setTimeout(() => child.kill("SIGKILL"), 15_000);
      child.kill("SIGINT");
      await ended;
      clearTimeout(kill);
    },
  };
}

/** Whether there is a page to be served; the bundle makes it. */
export function isBuilt(): boolean {
  const index = fileURLToPath(new URL("../../../dist/page/index.html", import.meta.url));
  return existsSync(index) && readFileSync(index, "utf8").includes("<script");
}

function shown(
  text: RegExp,
  child: ChildProcess,
  screen: () => string,
  listeners: Set<() => void>,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const done = (end: () => void) => {
      clearTimeout(timer);
      listeners.delete(look);
      end();
    };
    const giveUp = (why: string) => done(() => reject(new Error(`${why} without ${String(text)}:\n${screen()}`)));
    const timer = setTimeout(() => giveUp("waited"), PATIENCE_MS);
    const look = () => {
      const found = text.exec(screen());
      if (found !== null) done(() => resolve(found));
    };
    listeners.add(look);
    child.once("close", () => giveUp("ended"));
    look();
  });
}
