// What a program that shows notifications needs of the session: the socket of its message bus.
import { existsSync } from "node:fs";
import type { RootsFor } from "@mimolo/protocol";

/** Where the bus of this user's session is on Linux, the one place that needs no variable to be found; null where there is none. */
export function sessionBus(): string | null {
  if (process.platform !== "linux") return null;
  const path = `/run/user/${process.getuid?.() ?? 0}/bus`;
  try {
    return existsSync(path) ? path : null;
  } catch {
    // Node's own rules say so of what was not there when they were made.
    return null;
  }
}

export const desktopRoots: RootsFor = () => {
  const bus = sessionBus();
  return bus === null ? [] : [bus];
};
