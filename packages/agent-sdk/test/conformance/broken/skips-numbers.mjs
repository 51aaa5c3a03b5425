import { Agent, Spool } from "./base.mjs";

class Own extends Spool {
  add(message) {
    if (this.last === 1) this.last += 1;
    super.add(message);
  }
}

class Broken extends Agent {
  open() {
    return new Own();
  }
}

new Broken().with("durable_ack").run();
