// Meters a group of forty while it uses up every descriptor it may have (started under a low limit), and prints what it saw.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { openMeter } from "@mimolo/supervisor";

const forty = "i=0; while [ $i -lt 40 ]; do sleep 100 & i=$((i+1)); done; echo begun; wait";
const child = spawn("/bin/sh", ["-c", forty], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
await once(child.stdout, "data");
const meter = openMeter({ keptDescriptors: 30 });
const look = async () => {
  const { processes, cpuMs } = (await meter.sweep([child.pid])).get(child.pid) ?? { processes: 0, cpuMs: 0 };
  return { processes, cpuMs };
};
const seen = [await look()];
let full = false;
while (!full) {
  try {
    openSync("/dev/null", "r");
  } catch {
    full = true;
  }
}
seen.push(await look(), await look());
process.stdout.write(`${JSON.stringify(seen)}\n`);
process.kill(-child.pid, "SIGKILL");
process.exit(0);
