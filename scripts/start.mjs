// `npm start`: sets up, then runs the collector in this very process, so that a signal to npm reaches it.
import { setup } from "./setup.mjs";

const parent = process.ppid;
await setup();
const { main } = await import("../packages/control-cli/dist/main.js");

// npm may die without passing a signal on; the collector must not outlive the terminal it was started from.
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  process.kill(process.pid, "SIGTERM");
}, 1000);
watch.unref();
await main(["run", ...process.argv.slice(2)]);
