import { Agent, Spool } from "./base.mjs";

class Own extends Spool {
  replay(entry) {
    super.replay(entry);
    this.waiting.clear();
  }
}

class Broken extends Agent {
  open() {
    return new Own();
  }
}

new Broken().with("durable_ack").run();
