import { type View, VIEWS } from "./route.ts";

/** Keys that go to a view: `g`, then one of these. */
export const VIEW_KEYS: Readonly<Record<View, string>> = {
  today: "d",
  timeline: "t",
  agents: "a",
  widgets: "w",
  evidence: "e",
  plugins: "p",
  reports: "r",
  artifacts: "f",
  rules: "u",
  settings: "s",
};

export type Shortcut =
  | { readonly do: "go"; readonly view: View }
  | { readonly do: "help" }
  | { readonly do: "theme" }
  | { readonly do: "search" };

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Somebody writes, or a dialog is open: the key is not ours. */
  readonly isTaken: boolean;
}

const PREFIX_MS = 1_500;

/** What a key means after `before`, the moment at which `g` was pressed. Returns the moment to pass with the next key. */
export function shortcutOf(
  pressed: Pressed,
  before: number | null,
  nowMs: number,
): { readonly shortcut: Shortcut | null; readonly prefixAt: number | null } {
  const none = { shortcut: null, prefixAt: null };
  const { key } = pressed;
  if (pressed.isTaken || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return none;
  if (before !== null && nowMs - before <= PREFIX_MS) {
    const view = VIEWS.find((each) => VIEW_KEYS[each] === key);
    return view === undefined ? none : { shortcut: { do: "go", view }, prefixAt: null };
  }
  if (key === "g") return { shortcut: null, prefixAt: nowMs };
  if (key === "?") return { shortcut: { do: "help" }, prefixAt: null };
  if (key === "/") return { shortcut: { do: "search" }, prefixAt: null };
  return key === "T" ? { shortcut: { do: "theme" }, prefixAt: null } : none;
}
