// Embeds a collector (from the build) in which `mail` runs the plugin acme.x, installs another version of it over the control
// socket once it works, and is killed in the middle of the STEPth call that changes the disk after that. Says the pids of its
// agent, and "done" with the answer when it got through.
// usage: upgrades-and-dies.mjs DATA_DIR STEP PACKAGE
import { once } from "node:events";
import { request } from "node:http";
import { dieAt, live } from "./dying-disk.mjs";
import { createCollector } from "@mimolo/operations";

const [dataDir, step, path] = process.argv.slice(2);
const plugins = { mail: { plugin: "acme.x", heartbeat_interval_s: 0.5 } };
const collector = await createCollector({ dataDir, cwd: dataDir, plugins });
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const works = new Promise((resolve) => {
  collector.on("agent:state", ({ state }) => {
    const { pid } = collector.status().agents[0];
    if (pid !== null) say({ pid });
    if (state === "running") resolve();
  });
});
await collector.start();
await works;
dieAt(Number(step));
const sent = request({
  socketPath: collector.address,
  method: "POST",
  path: "/api/v1/plugins/acme.x/install",
  headers: { "content-type": "application/json" },
});
sent.end(JSON.stringify({ path }));
const [reply] = await once(sent, "response");
reply.resume();
await once(reply, "end");
live();
say({ done: reply.statusCode });
await collector.stop({ hurry: true });
