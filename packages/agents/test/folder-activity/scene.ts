// A temporary folder, watched for real.
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { systemClock } from "@mimolo/agent-sdk";
import { onTestFinished } from "vitest";
import { type FolderActivityData, FolderActivity } from "../../src/folder-activity/folder-activity.ts";
import type { KernelLimits } from "../../src/folder-activity/kernel-limits.ts";
import { nodeWatch, type Watch } from "../../src/folder-activity/node-watch.ts";
import { readFolderActivitySettings } from "../../src/folder-activity/settings.ts";

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mimolo-agents-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Waits for a condition, asking often; fails after a minute, which only a machine that hangs needs. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("waited a minute for a condition that did not come");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export interface Scene {
  readonly root: string;
  readonly activity: FolderActivity;
  readonly said: string[];
  write(name: string, content?: string): void;
  remove(name: string): void;
  move(from: string, to: string): void;
  /** The summary of what happened since the last one. */
  take(): Promise<FolderActivityData>;
  /** Counts of the next summary as `created/modified/deleted/renamed`. */
  counts(): Promise<string>;
}

/** Fills a folder with `files`, then watches it. */
export async function watching(
  options: {
    readonly root?: string;
    readonly files?: readonly string[];
    readonly config?: Readonly<Record<string, unknown>>;
    readonly environment?: Readonly<Record<string, string>>;
    readonly limits?: Partial<KernelLimits>;
    readonly watch?: Watch;
  } = {},
): Promise<Scene> {
  const root = options.root ?? temporaryFolder();
  const at = (name: string) => join(root, name);
  const write = (name: string, content = "content\n") => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
  };
  for (const file of options.files ?? []) write(file);
  const said: string[] = [];
  const { settings } = readFolderActivitySettings(
    { watch_dirs: [root], coalesce_window_s: 0.05, ...options.config },
    root,
  );
  const activity = new FolderActivity({
    settings,
    clock: systemClock,
    environment: options.environment ?? {},
    limits: { watches: 10_000, queuedEvents: 16_384, ...options.limits },
    watch: options.watch ?? nodeWatch,
    say: (level, message) => said.push(`${level}: ${message}`),
  });
  onTestFinished(() => activity.close());
  await activity.start();
  await activity.takeSummary();
  const take = async () => (await activity.takeSummary()).data;
  return {
    root,
    activity,
    said,
    write,
    remove: (name) => rmSync(at(name), { recursive: true }),
    move: (from, to) => renameSync(at(from), at(to)),
    take,
    counts: async () => {
      const { counts } = await take();
      return `${counts.created}/${counts.modified}/${counts.deleted}/${counts.renamed}`;
    },
  };
}
