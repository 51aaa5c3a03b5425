import { Agent } from "./base.mjs";

class Broken extends Agent {
  isStarted = false;

  on_start(command) {
    this.isStarted = true;
    this.ack(command);
  }

  on_flush(command) {
    if (!this.isStarted) super.on_flush(command);
  }
}

new Broken().run();
