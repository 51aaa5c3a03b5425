// What ships in this package, for a collector that has to start it and to trust it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { BuiltinPlugin, RootsFor } from "@mimolo/protocol";
import { FOLDER_ACTIVITY_DEFAULTS } from "./folder-activity/settings.ts";
import { GIT_ACTIVITY_DEFAULTS } from "./git-activity/settings.ts";
import { regexEngineRoots } from "./roots/regex-engine-root.ts";
import { folderActivityRoots, gitActivityRoots, systemLoadRoots } from "./roots/watched-roots.ts";
import { AGENTS_VERSION } from "./version.ts";

/** The same from the sources and from the build: both lie one folder below the package's top. */
const DIST = new URL("../dist/", import.meta.url);

/** No file has this digest, so a plugin that was never built is never trusted. */
const NOT_BUILT = "0".repeat(64);

/** The plugins of this package. `sha256` is what the build wrote down, so that a file changed since is told apart. */
export const agents: readonly BuiltinPlugin[] = [
  builtin("folder-activity", {
    name: "Folder activity",
    description: "Counts files created, modified, deleted and renamed in your folders",
    capabilities: ["filesystem"],
    filesystem: { read: ["$HOME/.config/git/ignore"], settings_read: ["watch_dirs"], write: [] },
    rootsFor: folderActivityRoots,
    defaults: FOLDER_ACTIVITY_DEFAULTS,
  }),
  builtin("git-activity", {
    name: "Git activity",
    description: "Notices your commits and changed files in git repositories",
    capabilities: ["filesystem", "subprocess"],
    filesystem: {
      read: ["/etc/gitconfig", "$HOME/.gitconfig", "$HOME/.config/git/config", "$HOME/.config/git/ignore"],
      settings_read: ["watch_dirs"],
      write: [],
    },
    rootsFor: gitActivityRoots,
    defaults: GIT_ACTIVITY_DEFAULTS,
  }),
  builtin("system-load", {
    name: "System load",
    description: "Keeps processor, memory and disk use; says nothing about work",
    capabilities: [],
    filesystem: { read: ["/proc/stat", "/proc/meminfo"], settings_read: [], write: [] },
    rootsFor: systemLoadRoots,
    defaults: {},
  }),
];

function builtin(
  label: string,
  {
    rootsFor,
    ...rest
  }: Pick<BuiltinPlugin, "name" | "description" | "capabilities" | "filesystem" | "defaults"> & {
    rootsFor: RootsFor;
  },
): BuiltinPlugin {
  const file = `${label}/main.cjs`;
  const entry = fileURLToPath(new URL(file, DIST));
  return {
    plugin_id: `mimolo.${label}`,
    version: AGENTS_VERSION,
    type: "agent",
    entry,
    sha256: digests()[file] ?? digestOf(file) ?? NOT_BUILT,
    interfaces: [],
    permissions: [],
    default_label: label,
    by_default: true,
    rootsFor: (settings, around) => [...rootsFor(settings, around), ...regexEngineRoots(entry)],
    ...rest,
  };
}

/** What the build wrote down; nothing when run from sources that were never built. */
function digests(): Record<string, string | undefined> {
  try {
    const written: unknown = JSON.parse(readFileSync(new URL("digests.json", DIST), "utf8"));
    return typeof written === "object" && written !== null ? Object.fromEntries(Object.entries(written)) : {};
  } catch {
    return {};
  }
}

function digestOf(file: string): string | null {
  try {
    return createHash("sha256")
      .update(readFileSync(new URL(file, DIST)))
      .digest("hex");
  } catch {
    return null;
  }
}
