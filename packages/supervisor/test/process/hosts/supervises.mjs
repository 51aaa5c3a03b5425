// A collector in small: supervises the agents named on its command line until it is killed. Prints what there is as it comes.
// usage: supervises.mjs RUN_FILE AGENT…   (MIMOLO_TEST_NO_GUARDIAN=1 leaves the guardian out)
import { openRunFile, startGuardian, SupervisedAgent, systemClock } from "@mimolo/supervisor";

const [runFilePath, ...agents] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const guardian = process.env.MIMOLO_TEST_NO_GUARDIAN ? undefined : startGuardian();
const runFile = openRunFile(runFilePath);
let known = null;
const tellOfGuardian = () => {
  if (guardian?.pid === known) return;
  known = guardian.pid;
  say({ guardian: known });
};
if (guardian) setInterval(tellOfGuardian, 20).unref();
const supervised = agents.map((path) => {
  const shell = path.endsWith(".sh");
  const agent = new SupervisedAgent({
    label: "agent",
    command: {
      executable: shell ? "/bin/sh" : process.execPath,
      args: [path],
      cwd: process.cwd(),
      environment: { PATH: process.env.PATH },
    },
    clock: systemClock,
    ...(guardian ? { guardian } : {}),
    runFile,
    policy: { sequenceMs: 200, inputClosedMs: 200, terminatedMs: 200 },
    handshake: () => ({ accept: {} }),
    received() {},
    refused() {},
    stderr() {},
    changed: ({ state, pid }) => say({ state, pid }),
  });
  agent.start();
  return agent;
});
process.once("SIGTERM", async () => {
  await Promise.all(supervised.map((agent) => agent.stop()));
  guardian?.close();
  runFile.close();
});
