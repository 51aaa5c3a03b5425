import { Agent } from "./base.mjs";

class Broken extends Agent {
  beat() {
    if (this.spool.sent.size === 0) super.beat();
  }
}

new Broken().with("durable_ack").run();
