// pnpm at the pinned version, fetched through npm: nobody needs it installed.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { packageManager, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const quietEnvironment = {
  DO_NOT_TRACK: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
  npm_config_update_notifier: "false",
};

/** The npm that started us, or the one beside this node: a script, so that no shell and no `.cmd` is needed. */
export function npmCommand() {
  const started = process.env.npm_execpath;
  if (started && started.endsWith("npm-cli.js")) return started;
  const prefix = dirname(process.execPath);
  const places = [
    join(prefix, "node_modules", "npm", "bin", "npm-cli.js"),
    join(prefix, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(prefix, "..", "share", "nodejs", "npm", "bin", "npm-cli.js"),
    "/usr/share/nodejs/npm/bin/npm-cli.js",
  ];
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error("npm was not found beside node; start this through npm, e.g. `npm test`");
  return found;
}

/**
 * Runs `pnpm ...args` at the root. Resolves to the exit code and, when `quiet`, the whole output.
 * @param {string[]} args
 * @param {{quiet?: boolean, env?: Record<string, string>}} [options]
 */
export function pnpm(args, { quiet = false, env = {} } = {}) {
  return run(process.execPath, [npmCommand(), "exec", "--yes", `--package=${packageManager}`, "--", "pnpm", ...args], {
    quiet,
    env,
  });
}

/**
 * Runs a tool of the workspace by its own script: npm and pnpm would take longer to find it than most take to work.
 * @param {string} name of its command
 * @param {string[]} args
 */
export function tool(name, args, options = {}) {
  const modules = join(root, "node_modules");
  for (const dependency of Object.keys(devDependencies)) {
    const { bin = {} } = JSON.parse(readFileSync(join(modules, dependency, "package.json"), "utf8"));
    const script = typeof bin === "string" && dependency === name ? bin : bin[name];
    if (script !== undefined) return run(process.execPath, [join(modules, dependency, script), ...args], options);
  }
  throw new Error(`${name} is no tool of the workspace`);
}

/** Runs a program with an argument array; never a shell. */
export function run(file, args, { quiet = false, env = {}, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...quietEnvironment, ...env },
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    });
    let output = "";
    let stdout = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
      stdout += chunk;
    });
    child.stderr?.on("data", (chunk) => (output += chunk));
    const interrupted = () => child.kill("SIGTERM");
    process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      resolve({ code: code ?? 1, signal, output, stdout });
    });
  });
}
