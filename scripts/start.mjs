// `npm start`: sets up, then runs the collector in this very process, so that a signal to npm reaches it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setup } from "./setup.mjs";

/** The parent of a process, or `null` where that cannot be told. */
function parentOf(pid) {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    }
    return Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }));
  } catch {
    return null;
  }
}

/** npm starts a shell and the shell starts us; who dies first is not ours to choose. */
function ancestors() {
  return process.platform === "win32" ? `${process.ppid}` : `${process.ppid} ${parentOf(process.ppid)}`;
}

const started = ancestors();
await setup();
const { main } = await import("../packages/control-cli/dist/main.js");

// npm may be killed without passing a signal on; the collector must not outlive what it was started from.
const watch = setInterval(
  () => {
    if (ancestors() === started) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  },
  process.platform === "linux" ? 1_000 : 5_000,
);
watch.unref();
await main(["run", ...process.argv.slice(2)]);
