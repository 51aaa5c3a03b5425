import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Usage } from "./children/usage.ts";
import type { Helper } from "./helper.ts";
import { NotMeasured } from "./not-measured.ts";
import type { Scenario } from "./scenario.ts";
import { median, type Pair } from "./statistics.ts";
import type { Workbench } from "./workbench.ts";

const CLIENTS = 50;
const PER_SECOND = 1_000;
/** Until those who came or went have cost what that costs. */
const SETTLE_MS = 1_500;
/** Of what is told in a window, at least so much must have come by its end: commits come once a second. */
const LEAST_HEARD = 0.75;

/** A summary of some 190 bytes a thousand times a second, a few at once every few milliseconds. */
const AGENT = `
import { createInterface } from "node:readline";
const say = (message) => JSON.stringify({ timestamp: new Date().toISOString(), ...message }) + "\\n";
let said = 0;
process.stdout.write(say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: ["summary", "heartbeat"] }));
setInterval(() => process.stdout.write(say({ type: "heartbeat", metrics: { queue: 0 } })), 5000);
const beganMs = performance.now();
setInterval(() => {
  let text = "";
  for (const due = (performance.now() - beganMs) * ${PER_SECOND / 1_000}; said < due; said++)
    text += say({ type: "summary", data: { n: said, note: "some words about what was seen since the one before, and where" } });
  if (text !== "") process.stdout.write(text);
}, 10);
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { cmd, sequence = [cmd] } = JSON.parse(line);
    for (const step of sequence) {
      if (step === "flush" || step === "stop") process.stdout.write(say({ type: "ack", ack_command: step }));
      if (step === "shutdown") process.exit(0);
    }
  })
  .on("close", () => process.exit(0));
`;

/** A thousand records of evidence a second, told to fifty WebSocket clients over TCP, beside the same collector that tells them to
 *  nobody. The value is what telling them adds. */
export const fanoutCpu: Scenario = {
  figures: {
    fanout_cpu: {
      unit: "% of a core added",
      target: 3,
      targetOf: "value",
      what: "telling 1,000 events a second to 50 clients",
    },
  },
  async measure(bench) {
    const agent = join(bench.folder, "fanout-agent.mjs");
    writeFileSync(agent, AGENT);
    const dataDir = bench.fresh();
    return bench.with("collector", (collector) =>
      bench.with("listeners", async (listeners) => {
        const { http } = await collector.ask<{ http: string | null }>("start", {
          dataDir,
          cwd: bench.folder,
          agents: [{ label: "talks", executable: process.execPath, args: [agent] }],
          allow: [agent],
          unlimited: true,
          port: 0,
        });
        if (http === null) throw new NotMeasured("no port of the loopback address can be opened");
        const address = `${http.replace("http:", "ws:")}/api/v1/events`;
        const token = readFileSync(join(dataDir, "control", "token"), "utf8").trim();
        const start = { address, token, count: CLIENTS, subscribe: ["evidence:*"] };
        return { fanout_cpu: await inTurns(bench, { collector, listeners, start }) };
      }),
    );
  },
};

interface Sides {
  readonly collector: Helper;
  readonly listeners: Helper;
  readonly start: object;
}

async function inTurns(bench: Workbench, { collector, listeners, start }: Sides) {
  const rounds = bench.rounds(9, 5);
  const windowMs = bench.quick ? 3_000 : 6_000;
  const shares: Pair[] = [];
  const heard: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    bench.progress(`fanout_cpu: round ${round} of ${rounds}`);
    await bench.sleep(SETTLE_MS);
    const baseline = await spent(bench, collector, windowMs);
    await listeners.ask("start", start);
    await bench.sleep(SETTLE_MS);
    await listeners.ask("heard");
    const value = await spent(bench, collector, windowMs);
    const events = await listeners.ask<number>("heard");
    await listeners.ask("stop");
    // The first round is for the compiler.
    if (round === 0) continue;
    shares.push({ value: value.percent, baseline: baseline.percent });
    heard.push((events / CLIENTS / value.tookMs) * 1_000);
  }
  const perClient = median(heard);
  return {
    pairs: shares,
    value: median(shares.map(({ value, baseline }) => value - baseline)),
    more: { whole_percent: median(shares.map(({ value }) => value)), events_per_client_per_s: perClient },
    kept: perClient >= PER_SECOND * LEAST_HEARD,
  };
}

async function spent(bench: Workbench, collector: Helper, windowMs: number) {
  const from = await collector.ask<Usage>("usage");
  await bench.sleep(windowMs);
  const to = await collector.ask<Usage>("usage");
  const tookMs = to.atMs - from.atMs;
  return { percent: ((to.cpuMs - from.cpuMs) / tookMs) * 100, tookMs };
}
