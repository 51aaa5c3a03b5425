import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_lifecycle(command, { phase }) {
    if (phase !== "unload") this.ack(command);
  }
}

new Broken().with("lifecycle").run();
