import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_flush(command) {
    this.ack(command);
    this.summary();
  }
}

new Broken().run();
