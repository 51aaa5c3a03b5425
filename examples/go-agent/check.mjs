// Asserts what README.md claims: builds the agent, drives it over pipes and under a real collector, kills it on the way.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { leaveWithout } from "../../scripts/tools.mjs";
import { checkConduct } from "../check-conduct.mjs";
import { conforms } from "../check-conform.mjs";
import { checkDurable } from "../check-durable.mjs";
import { driveAgent } from "../drive-agent.mjs";
import { underCollector } from "../drive-collector.mjs";

leaveWithout("go");
const here = import.meta.dirname;
const executable = process.platform === "win32" ? "build/reach-agent.exe" : "build/reach-agent";
const env = { ...process.env, CGO_ENABLED: "0" };
execFileSync("go", ["build", "-o", executable, "."], { cwd: here, env, stdio: ["ignore", "inherit", "inherit"] });

/** Services at ports of their own, which go down one after the other; the first stays. */
const services = await Promise.all(Array.from({ length: 8 }, serve));
const targets = services.map(({ port }) => `127.0.0.1:${port}`);
const start = (own) =>
  driveAgent(join(here, executable), [], {
    config: { targets, poll_interval_s: 0.1 },
    env: own === undefined ? {} : { MIMOLO_AGENT_DATA_DIR: own },
  });

try {
  await checkConduct(() => start(), goesDown, { saw: ({ changes }) => changes > 0 });
  await checkDurable(start);
  await checkUnderCollector();
  await conforms([join(here, executable)], { cwd: here, settings: { targets } });
  console.log("ok: every command answered, a service that went down was seen, killed without loss");
} finally {
  for (const { server } of services) server.close();
}

async function serve() {
  const server = createServer((socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: server.address().port };
}

/** The next service goes down, and the agent has time to see it. Who connects for the second time has counted the first, and all
 *  targets are looked at together. An agent that does not look connects no more, and is not waited for. */
async function goesDown() {
  const [first, ...others] = services;
  const next = others.find(({ server }) => server.listening);
  assert.ok(next, "there are services left");
  const giveUp = sleep(3000);
  await Promise.race([giveUp, connections(next, 2)]);
  next.server.close();
  await Promise.race([giveUp, connections(first, 4)]);
}

async function connections({ server }, times) {
  for (let time = 0; time < times; time++) await once(server, "connection");
}

/** Killed in the middle of a run, it is started again and goes on with its numbers. */
async function checkUnderCollector() {
  await underCollector({ here, files: [executable], label: "services", prepare: nameOne }, async (run) => {
    const [report] = (await run.next(() => {})).targets;
    assert.deepEqual([report.target, report.is_up], [targets[0], true]);
    assert.ok(report.checks > 0 && report.median_latency_ms >= 0);
    const before = await run.pid();
    process.kill(before, "SIGKILL");
    await run.until("a new process", async () => ![undefined, before].includes(await run.pid()));
    await run.next(() => {});
    const numbers = (await run.summaries()).map(({ seq }) => seq);
    assert.deepEqual(
      numbers,
      Array.from(numbers, (_, index) => index + 1),
    );
  });
}

/** The same mimolo.toml, with a target that is there. */
function nameOne(folder) {
  const file = join(folder, "mimolo.toml");
  const text = readFileSync(file, "utf8").replace(/^targets = .*/m, `targets = ["${targets[0]}"]`);
  writeFileSync(file, text.replace("poll_interval_s = 30", "poll_interval_s = 0.2"));
}
