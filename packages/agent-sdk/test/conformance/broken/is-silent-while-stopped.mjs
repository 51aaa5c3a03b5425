import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_stop(command) {
    clearInterval(this.beats);
    this.ack(command);
  }

  on_start(command) {
    this.on_ack(command, { heartbeat_interval_s: 1 });
    this.ack(command);
  }
}

new Broken().run();
