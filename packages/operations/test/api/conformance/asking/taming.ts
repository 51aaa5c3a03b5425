// Some things fit and are still not for a test to ask for: they reach out of its folder.
import { join } from "node:path";
import type { Draft } from "./asked.ts";

/** Whose values are files and folders, or programs. */
const reaching =
  /^(log_dir|journal_dir|cache_dir|diagnostics_log_dir|path|paths|sources|socket|executable|cwd|sandbox)$/;

/** The same request, where every path lies in `folder` and no program is named. */
export function tamed(draft: Draft, folder: string): Draft {
  return { ...draft, body: draft.body instanceof Uint8Array ? draft.body : tame(draft.body, folder) };
}

function tame(value: unknown, folder: string): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => tame(each, folder));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (!reaching.test(name)) return [[name, tame(inner, folder)]];
      if (name === "executable" || name === "socket" || name === "sandbox") return [];
      return [[name, Array.isArray(inner) ? [join(folder, "a folder")] : join(folder, "a folder")]];
    }),
  );
}
