import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_event(command, { data }) {
    if (data.deep[1].length > 0) this.ack(command);
  }
}

new Broken().with("events").run();
