import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_flush(command) {
    this.write("looking\n");
    super.on_flush(command);
  }
}

new Broken().with("durable_ack").run();
