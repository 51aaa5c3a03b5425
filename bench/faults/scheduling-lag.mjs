// The control: a process outside the collector that only sleeps, and says how late it was woken. What it suffers, the machine
// did; when it was late too, a late heartbeat proves nothing about the collector.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const TICK_MS = 20;
const TELL_MS = 200;

if (process.argv[1] === fileURLToPath(import.meta.url)) tellLags();

function tellLags() {
  let worstMs = 0;
  let lastMs = Date.now();
  let toldMs = lastMs;
  setInterval(() => {
    const nowMs = Date.now();
    worstMs = Math.max(worstMs, nowMs - lastMs - TICK_MS);
    lastMs = nowMs;
    if (nowMs - toldMs < TELL_MS) return;
    process.send?.({ fromMs: toldMs, toMs: nowMs, lagMs: worstMs });
    toldMs = nowMs;
    worstMs = 0;
  }, TICK_MS);
  process.on("disconnect", () => process.exit(0));
}

/** Starts the control process. */
export function watchScheduling() {
  const told = /** @type {{fromMs: number, toMs: number, lagMs: number}[]} */ ([]);
  const child = fork(fileURLToPath(import.meta.url), [], { stdio: "ignore" });
  child.on("message", (message) => told.push(/** @type {typeof told[number]} */ (message)));
  return {
    /** The latest it was woken between two moments of the wall clock. @param {number} fromMs @param {number} toMs */
    worstMs: (fromMs, toMs) =>
      told.reduce((worst, lag) => (lag.toMs >= fromMs && lag.fromMs <= toMs ? Math.max(worst, lag.lagMs) : worst), 0),
    end: () => child.kill("SIGKILL"),
  };
}

/** @typedef {ReturnType<typeof watchScheduling>} Control */
