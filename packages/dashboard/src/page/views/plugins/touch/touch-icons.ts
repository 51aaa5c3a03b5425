import type { IconName } from "../../../design/index.ts";

const ICONS: Readonly<Record<string, IconName>> = {
  network: "network",
  audio: "sound",
  midi: "music",
  "system-control": "system",
  "input-activity": "keyboard",
  filesystem: "folder",
  subprocess: "programs",
  display: "screen",
};

/** The picture of a capability; a key for a permission. */
export function touchIcon(name: string): IconName {
  return (Object.hasOwn(ICONS, name) ? ICONS[name] : undefined) ?? "key";
}
