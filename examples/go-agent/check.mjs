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

/** Services that come up one after the other, each at a port of its own. */
const services = await Promise.all(Array.from({ length: 8 }, reserve));
const targets = services.map(({ port }) => `127.0.0.1:${port}`);
const start = (own) =>
  driveAgent(join(here, executable), [], {
    config: { targets, poll_interval_s: 0.1 },
    env: own === undefined ? {} : { MIMOLO_AGENT_DATA_DIR: own },
  });

try {
  await checkConduct(() => start(), comesUp, { saw: ({ changes }) => changes > 0 });
  await checkDurable(start);
  await checkUnderCollector();
  await conforms([join(here, executable)], { cwd: here, settings: { targets } });
  console.log("ok: every command answered, a service that came up was seen, killed without loss");
} finally {
  for (const { server } of services) server.close();
}

async function reserve() {
  const server = createServer((socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return { server, port };
}

/** The next service comes up. The second time somebody connects, the first attempt has been counted; an agent that does not
 *  look must not see it at all. */
async function comesUp() {
  const service = services.find(({ server }) => !server.listening);
  assert.ok(service, "there are services left");
  service.server.listen(service.port, "127.0.0.1");
  const twice = (async () => {
    for (let time = 0; time < 2; time++) await once(service.server, "connection");
  })();
  await Promise.race([twice, sleep(2000)]);
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
