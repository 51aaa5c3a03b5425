import { Agent, Spool } from "./base.mjs";

class Own extends Spool {
  settle(committed) {
    super.settle(committed, []);
  }
}

class Broken extends Agent {
  open() {
    return new Own();
  }
}

new Broken().with("durable_ack").run();
