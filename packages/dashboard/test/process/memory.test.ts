import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { openStage, type Stage } from "./views/stage.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const MIB = 1024 * 1024;
// Unkept lists grow by far more; what the engine itself learns meanwhile is a ninth of one.
/** Longer than every list that the page keeps. */
const BEFORE = 2_000;
const EVENTS = 20_000;
const PER_FRAME = 200;

/** The page's own socket can be told things. */
const KEEP_SOCKET = `window.WebSocket = class extends WebSocket {
  constructor(...given) { super(...given); window.lastSocket = this; }
};`;

/** What an agent that never rests makes the collector say, frame by frame. */
const tell = (from: number, count: number) => `(async () => {
  for (let n = ${from}; n < ${from + count}; ) {
    for (const end = Math.min(n + ${PER_FRAME}, ${from + count}); n < end; n += 1) {
      const at = new Date().toISOString();
      const line = { at, label: "busy", instance_id: "i", run_id: "r", type: "log", level: "info", message: "line " + n };
      const events = [
        { type: "agent:heartbeat", at, label: "busy", metrics: { queue: n % 7, latency_ms: n % 11 } },
        { type: "log", at, line },
        { type: "widget:frame", at, label: "busy" },
      ];
      window.lastSocket.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(events[n % 3]) }));
    }
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  }
})()`;

describe.runIf(needs("chromium"))("a page that stays open beside a busy agent", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage({ agents: { busy: "draws-widget" } });
    await stage.page.addInitScript(KEEP_SOCKET);
    await stage.page.reload();
    await stage.page.getByRole("banner").getByText("Live", { exact: true }).waitFor();
  });
  afterAll(() => stage.close());

  async function held(): Promise<{ readonly heap: number; readonly nodes: number }> {
    const session = await stage.visitor.context.newCDPSession(stage.page);
    // What a first pass lets go of may hold something itself.
    for (let pass = 0; pass < 3; pass += 1) await session.send("HeapProfiler.collectGarbage");
    const { usedSize: heap } = await session.send("Runtime.getHeapUsage");
    const { nodes } = await session.send("Memory.getDOMCounters");
    await session.detach();
    return { heap, nodes };
  }

  test.each([
    ["its log", "agents/busy"],
    ["its widget", "widgets"],
    ["the day", "today"],
  ])("holds no more after twenty thousand events than before: %s", async (_, address) => {
    await stage.to(address);
    await stage.page.evaluate(tell(0, BEFORE));
    const before = await held();
    await stage.page.evaluate(tell(BEFORE, EVENTS));
    // What a browser has not let go of yet is no leak; what it never lets go of is.
    await vi.waitFor(
      async () => {
        const after = await held();
        if (process.env["MIMOLO_FIGURES"] !== undefined) console.log(address, before, after);
        expect(after.heap - before.heap).toBeLessThan(MIB / 2);
        expect(after.nodes - before.nodes).toBeLessThan(200);
      },
      { timeout: 20_000, interval: 500 },
    );
    if (address === "agents/busy") {
      const log = stage.page.getByRole("log", { name: "Log of busy" });
      expect(await log.innerText()).toMatch(/line \d{5}/u);
    }
  });
});
