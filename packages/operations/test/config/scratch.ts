import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { ConfigError, type ConfigOptions, loadConfig } from "../../src/config/index.ts";

/** A folder of its own with `project/`, `user/` and `etc/`, gone after the test. */
export function scratch(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mimolo config ")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const folder of ["project", "user", "etc"]) mkdirSync(join(root, folder));
  const write = (name: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const load = (options: Partial<ConfigOptions> = {}) =>
    loadConfig({
      cwd: join(root, "project"),
      env: {},
      userConfigDir: join(root, "user"),
      globalFile: join(root, "etc", "mimolo.toml"),
      ...options,
    });
  const refused = (options: Partial<ConfigOptions> = {}): ConfigError => {
    try {
      load(options);
    } catch (error) {
      if (error instanceof ConfigError) return error;
      throw error;
    }
    throw new Error("the configuration was accepted");
  };
  return { root, project: join(root, "project"), write, load, refused };
}

/** Loads one project file, agreed to. */
export function loadToml(text: string, options: Partial<ConfigOptions> = {}) {
  return scratch({ "project/mimolo.toml": text }).load({ configFile: "mimolo.toml", builtins: [], ...options });
}

/** The error of one project file, agreed to. */
export function refuseToml(text: string, options: Partial<ConfigOptions> = {}): ConfigError {
  return scratch({ "project/mimolo.toml": text }).refused({ configFile: "mimolo.toml", builtins: [], ...options });
}
