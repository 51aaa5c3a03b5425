// How far a plugin has come, in words.
import type { Answer } from "@mimolo/protocol/control-api";

export type Plugin = Answer<"/plugins", "get">["plugins"][number];

/** A state of its life; `isOn`: a process of it is there. */
export interface StateText {
  readonly isOn: boolean;
  readonly says: string;
}

const TEXTS: Readonly<Record<string, StateText>> = {
  discovered: { isOn: false, says: "Its description was read; nothing of it runs." },
  loaded: { isOn: true, says: "Its process was started." },
  initialized: { isOn: true, says: "It has its settings, and does not observe yet." },
  active: { isOn: true, says: "It observes." },
  suspended: { isOn: true, says: "It runs and does not observe." },
  unloaded: { isOn: false, says: "It has handed over what it had, and its process is gone." },
};

export function stateText(state: string): StateText {
  const known = Object.hasOwn(TEXTS, state) ? TEXTS[state] : undefined;
  return known ?? { isOn: false, says: "This page does not know that state." };
}

/** Each once: the list has one for every agent that runs it, and the one that came furthest speaks for all. */
export function eachOnce(plugins: readonly Plugin[]): Plugin[] {
  const known = new Map<string, Plugin>();
  for (const plugin of plugins) {
    const before = known.get(plugin.plugin_id);
    if (before === undefined || rank(plugin) > rank(before)) known.set(plugin.plugin_id, plugin);
  }
  return [...known.values()];
}

/** What is not as it should be is not hidden by another agent of the same plugin that is. */
function rank({ verdict, state }: Plugin): number {
  return (verdict === "trusted" ? 0 : 2) + (stateText(state).isOn ? 1 : 0);
}

/** Whether it came as a package, so that it can be uninstalled. */
export function isInstalled({ path }: Pick<Plugin, "path">): boolean {
  return /[\\/]plugins[\\/]store[\\/]/.test(path);
}
