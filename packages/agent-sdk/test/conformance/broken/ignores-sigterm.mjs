import { Agent } from "./base.mjs";

class Broken extends Agent {
  run() {
    super.run();
    process.removeAllListeners("SIGTERM");
    process.on("SIGTERM", () => {});
  }
}

new Broken().run();
