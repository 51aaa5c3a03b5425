// Processes of an agent that left its group, as daemons do: they bear its run in their environment.
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { checkConformance, openStage } from "../../src/testing/index.ts";

const leavesADaemon = [
  process.execPath,
  fileURLToPath(new URL("../conformance/broken/leaves-a-daemon-behind.mjs", import.meta.url)),
] as const;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.runIf(process.platform === "linux")("a daemon is named as left behind, and ended", async () => {
  const { rules } = await checkConformance(leavesADaemon, { only: ["JLP703"] });
  expect(rules).toMatchObject([
    { ok: false, seen: expect.stringMatching(/^still there: sleep \(\d+, left its process group\)$/) },
  ]);
  const pid = Number(/\((\d+)/.exec(rules[0]?.seen ?? "")?.[1]);
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5000 });
});

test.runIf(process.platform === "linux").each(["close", "killNow"] as const)(
  "a daemon of an agent that still runs is ended with it by %s",
  async (end) => {
    const stage = await openStage("live", { command: leavesADaemon });
    const agent = await stage.start();
    try {
      expect(await agent.working()).toBe(true);
      // It starts the daemon, and stays: a shutdown it is told to hold back.
      agent.send("daemon");
      const pid = await agent.seen("the daemon's pid", () => {
        const log = agent.messages("log").find(({ message }) => /^daemon \d+$/.test(message.message));
        return log === undefined ? undefined : Number(log.message.message.slice(7));
      });
      expect(isAlive(pid ?? 0)).toBe(true);
      await stage[end]();
      await vi.waitFor(() => expect(isAlive(pid ?? 0)).toBe(false), { timeout: 5000 });
    } finally {
      await stage.close();
    }
  },
);
