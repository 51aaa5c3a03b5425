import { Agent } from "./base.mjs";

class Broken extends Agent {
  isStopped = false;
  isStartedAgain = false;

  on_stop(command) {
    this.isStopped = true;
    super.on_stop(command);
  }

  on_start(command) {
    this.isStartedAgain = this.isStopped;
    this.ack(command);
  }

  on_flush(command) {
    if (!this.isStartedAgain) super.on_flush(command);
  }
}

new Broken().run();
