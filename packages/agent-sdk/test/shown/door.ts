// Says when a door opens, and how hard it was pushed, for rules to act on.
import { defineTrigger, type Runnable } from "@mimolo/agent-sdk";

/** Calls `opened` at every push, until the function it returns is called. */
export type WatchDoor = (opened: (force: number) => void) => () => void;

export function door(watch: WatchDoor): Runnable {
  return defineTrigger({
    id: "example.door",
    version: "1.0.0",
    start: (fire) => watch((force) => fire("opened", { payload: { force }, velocity: force })),
  });
}
