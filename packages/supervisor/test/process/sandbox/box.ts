import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { onTestFinished } from "vitest";
import { type Confinement, confine, describeRuntime, probeSandbox, type SpawnRequest } from "../../../src/index.ts";

const NOBODY = 65_534;

/** A folder of this test, outside of the `/tmp` that a box replaces, with the places that a confinement speaks of; `nobody` may use it too. */
export function place() {
  const root = realpathSync(mkdtempSync(join(existsSync("/var/tmp") ? "/var/tmp" : tmpdir(), "mimolo-sandbox-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  chmodSync(root, 0o755);
  const made = (name: string) => {
    const path = join(root, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const ownFolder = made("data/agents/probe");
  return {
    root,
    ownFolder,
    data: join(root, "data"),
    program: made("program"),
    home: made("home"),
    outside: made("outside"),
  };
}
export type Place = ReturnType<typeof place>;

/** The request as it is after `confine`, for an agent of this place. */
export function boxed(
  at: Place,
  [executable, ...args]: readonly [string, ...string[]],
  more: Partial<Confinement> & { readonly environment?: Record<string, string> } = {},
) {
  const env = { PATH: process.env["PATH"] ?? "", HOME: at.home, ...more.environment };
  const request: SpawnRequest = { executable, args, cwd: at.ownFolder, environment: env };
  const confinement: Confinement = {
    capabilities: new Set(),
    files: "none",
    ownFolder: at.ownFolder,
    program: [at.program],
    hidden: [at.data],
    runtime: describeRuntime(executable, { env: process.env, cwd: at.ownFolder }),
    ...more,
  };
  return confine(request, confinement, probeSandbox(), { env: process.env, home: at.home });
}

/** Runs it to its end, as `nobody` if asked to. */
export async function outcome(request: SpawnRequest, { asNobody = false } = {}) {
  if (asNobody) chownSync(request.cwd, NOBODY, NOBODY);
  const child: ChildProcess = spawn(request.executable, [...request.args], {
    cwd: request.cwd,
    env: request.environment,
    stdio: ["pipe", "pipe", "pipe", ...(request.inherited ?? []).map(() => "pipe" as const)],
    detached: true,
    ...(asNobody ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  request.inherited?.forEach((bytes, at) => (child.stdio[3 + at] as Writable).end(bytes));
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk) => (stdout += chunk));
  child.stderr?.on("data", (chunk) => (stderr += chunk));
  const [code] = await new Promise<[number | null]>((resolve) => child.once("close", (ended) => resolve([ended])));
  return { code, stdout, stderr };
}
