import { Agent } from "./base.mjs";

class Broken extends Agent {
  pending = 3;

  on_shutdown(command) {
    this.ack(command);
    this.end();
  }
}

new Broken().run();
