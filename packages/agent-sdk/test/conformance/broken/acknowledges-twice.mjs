import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_start(command) {
    this.ack(command);
    this.ack(command);
  }
}

new Broken().run();
