import { type Action, runAction } from "../action.ts";
import type { Call } from "../call.ts";
import type { ArtifactOptions } from "../artifacts/artifact-options.ts";
import type { ExitCode } from "../error.ts";

/** `mimolo artifacts list|archive|restore|purge`. */
export async function artifacts(call: Call<ArtifactOptions>): Promise<ExitCode> {
  return await runAction(call, "artifacts", ACTIONS);
}

const MANY = Number.POSITIVE_INFINITY;

const ACTIONS: Readonly<Record<string, Action<ArtifactOptions>>> = {
  list: {
    takes: "[--label L] [--plugin ID] [--state S] [--from T] [--to T] [--limit N]",
    words: [0, 0],
    options: ["label", "plugin", "state", "from", "to", "limit"],
    load: async () => (await import("../artifacts/list.ts")).list,
  },
  archive: {
    takes: "LABEL ID…",
    words: [2, MANY],
    options: [],
    load: async () => (await import("../artifacts/archive.ts")).archive,
  },
  restore: {
    takes: "LABEL ARCHIVE",
    words: [2, 2],
    options: [],
    load: async () => (await import("../artifacts/restore.ts")).restore,
  },
  purge: {
    takes:
      "[ID…] [--label L] [--before T] [--retention CLASS] [--why TEXT] [--archive|--no-archive] [--yes] [--dry-run]",
    words: [0, MANY],
    options: ["label", "before", "retention", "why", "archive", "yes", "dryRun"],
    load: async () => (await import("../artifacts/purge.ts")).purge,
  },
};
