import { Agent } from "./base.mjs";

class Broken extends Agent {
  held = [];

  on_start(command) {
    this.ack(command);
  }

  beat() {
    super.beat();
    if (this.held.length < 2) this.held.push(Buffer.alloc(100 * 1024 * 1024, 1));
  }
}

new Broken().run();
