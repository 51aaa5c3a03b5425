import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import type { Launch } from "../src/index.ts";
import { paperAgent } from "./paper-agent.ts";

test("what was handed to a process is let go of while it runs", async () => {
  const { agent, handed } = handingOver();
  expect(agent.snapshot.pid).toBe(7);
  await collected();
  expect(handed()).toBeUndefined();
  expect(agent.snapshot.state).toBe("handshaking");
});

/** An agent that was started with bytes of which only a weak reference is left. */
function handingOver() {
  let weak: WeakRef<Uint8Array> | undefined;
  const { agent } = paperAgent({
    launch(): Launch {
      const bytes = new Uint8Array(100_000);
      weak = new WeakRef(bytes);
      const command = { executable: "paper", args: [], cwd: "/", environment: { LANG: "C" } };
      return { ok: true, request: { ...command, inherited: [bytes] } };
    },
    spawn: () => ({
      pid: 7,
      write: () => true,
      closeInput: () => undefined,
      signalGroup: () => true,
      groupAlive: () => true,
      pauseOutput: () => undefined,
      resumeOutput: () => undefined,
      release: () => undefined,
    }),
  });
  agent.start();
  return { agent, handed: () => weak?.deref() };
}

/** A weak reference holds until the turn that made it is over. */
async function collected(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("globalThis.gc");
  for (let round = 0; round < 3; round++) {
    await turn();
    if (typeof gc === "function") gc();
  }
}
