// What runs a plugin's program, and how its file name tells.
import { z } from "zod";

export const PluginRuntime = z.enum(["node", "python", "native", "shell"]);
export type PluginRuntime = z.infer<typeof PluginRuntime>;

const BY_EXTENSION: ReadonlyMap<string, PluginRuntime> = new Map([
  [".mjs", "node"],
  [".cjs", "node"],
  [".js", "node"],
  [".py", "python"],
  [".pyz", "python"],
  [".sh", "shell"],
  [".exe", "native"],
]);

/** The runtime that a program's file extension stands for; `null` when it tells nothing. */
export function runtimeOfEntry(entry: string): PluginRuntime | null {
  const extension = /\.[A-Za-z0-9]+$/.exec(entry)?.[0].toLowerCase();
  return (extension !== undefined && BY_EXTENSION.get(extension)) || null;
}
