import { spawnSync } from "node:child_process";
import type { PluginManifest } from "@mimolo/protocol";

let version: string | null | undefined;

/** The version of the Python here, for a package that Python runs and that says which one it wants; else undefined, as where
 *  there is none. Asked once, and nothing of anybody's is run for it. */
export function pythonFor(manifest: PluginManifest | null): string | undefined {
  if (manifest?.runtime !== "python" || manifest.engines.python === undefined) return undefined;
  version ??= askedVersion();
  return version ?? undefined;
}

function askedVersion(): string | null {
  const program = process.platform === "win32" ? "python" : "python3";
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8", timeout: 5000 });
  return /^Python (\d+\.\d+\.\d+)/.exec(stdout ?? "")?.[1] ?? null;
}
