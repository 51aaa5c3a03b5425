// What ships in this package, for a collector that has to start it and to trust it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { BuiltinPlugin, RootsFor } from "@mimolo/protocol";
import { ACTIVE_WINDOW_DEFAULTS, ACTIVE_WINDOW_SCHEMA } from "./active-window/settings.ts";
import { COMMAND_SCHEMA } from "./command/settings.ts";
import { FOLDER_ACTIVITY_DEFAULTS } from "./folder-activity/settings.ts";
import { GIT_ACTIVITY_DEFAULTS } from "./git-activity/settings.ts";
import { HTTP_REQUEST_DEFAULTS, HTTP_REQUEST_SCHEMA } from "./http-request/settings.ts";
import { desktopRoots } from "./notify/session-bus.ts";
import { NOTIFY_DEFAULTS, NOTIFY_SCHEMA } from "./notify/settings.ts";
import { IDLE_DEFAULTS, IDLE_SCHEMA } from "./idle/settings.ts";
import { displayRoots } from "./roots/display-roots.ts";
import { regexEngineRoots } from "./roots/regex-engine-root.ts";
import { folderActivityRoots, gitActivityRoots, systemLoadRoots } from "./roots/watched-roots.ts";
import { SCREEN_TRACKER_DEFAULTS, SCREEN_TRACKER_SCHEMA } from "./screen-tracker/settings.ts";
import { SCHEDULE_DEFAULTS, SCHEDULE_SCHEMA } from "./schedule/settings.ts";
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
  builtin("active-window", {
    name: "Active window",
    description: "Keeps how long which window was in front, in an X11 session; titles only if you want them",
    capabilities: ["display"],
    filesystem: { read: ["$HOME/.Xauthority"], settings_read: [], write: [] },
    rootsFor: displayRoots,
    defaults: ACTIVE_WINDOW_DEFAULTS,
    config_schema: ACTIVE_WINDOW_SCHEMA,
    by_default: false,
  }),
  builtin("idle", {
    name: "Idle",
    description: "Notices whether somebody types or moves the mouse, never what, in an X11 session",
    capabilities: ["input-activity"],
    filesystem: { read: ["$HOME/.Xauthority"], settings_read: [], write: [] },
    rootsFor: displayRoots,
    defaults: IDLE_DEFAULTS,
    config_schema: IDLE_SCHEMA,
    by_default: false,
  }),
  builtin("screen-tracker", {
    name: "Screen tracker",
    description: "Keeps a picture of your screen now and then, in an X11 session; parts you name stay black",
    interfaces: ["artifact"],
    capabilities: ["display"],
    filesystem: { read: ["$HOME/.Xauthority"], settings_read: [], write: [] },
    rootsFor: displayRoots,
    defaults: SCREEN_TRACKER_DEFAULTS,
    config_schema: SCREEN_TRACKER_SCHEMA,
    by_default: false,
  }),
  builtin("http-request", {
    name: "HTTP request",
    description: "Sends an HTTP request to a host you allow, and again where that may help",
    type: "action",
    interfaces: ["action", "config"],
    capabilities: ["network"],
    defaults: HTTP_REQUEST_DEFAULTS,
    config_schema: HTTP_REQUEST_SCHEMA,
    by_default: false,
  }),
  builtin("notify", {
    name: "Notify",
    description: "Shows a notification on your desktop, or posts it to a webhook",
    type: "action",
    interfaces: ["action", "config"],
    capabilities: ["network", "subprocess"],
    rootsFor: desktopRoots,
    defaults: NOTIFY_DEFAULTS,
    config_schema: NOTIFY_SCHEMA,
    by_default: false,
  }),
  builtin("schedule", {
    name: "Schedule",
    description: "Fires at the times you write down, as cron does",
    type: "trigger",
    interfaces: ["trigger", "config"],
    capabilities: [],
    permissions: ["write-messaging"],
    defaults: SCHEDULE_DEFAULTS,
    config_schema: SCHEDULE_SCHEMA,
    by_default: false,
  }),
  builtin("command", {
    name: "Command",
    type: "bridge",
    description: "Runs a command of yours now and then and keeps what it says; added with `mimolo add`",
    capabilities: [],
    defaults: { cpu_budget_percent: 1 },
    config_schema: COMMAND_SCHEMA,
    by_default: false,
    runs_commands: true,
  }),
  builtin("midi", {
    name: "MIDI",
    description: "Would send notes to MIDI devices; says why it cannot",
    type: "action",
    interfaces: ["action"],
    capabilities: ["midi"],
    defaults: {},
    by_default: false,
  }),
];

type Given = Pick<BuiltinPlugin, "name" | "description" | "capabilities" | "filesystem" | "defaults"> &
  Partial<
    Pick<BuiltinPlugin, "type" | "interfaces" | "permissions" | "by_default" | "config_schema" | "runs_commands">
  > & {
    readonly rootsFor?: RootsFor;
  };

function builtin(label: string, { rootsFor = () => [], ...rest }: Given): BuiltinPlugin {
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
