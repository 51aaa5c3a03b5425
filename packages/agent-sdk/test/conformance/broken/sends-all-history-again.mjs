import { Agent, Spool } from "./base.mjs";

class Own extends Spool {
  settle(committed, refused) {
    super.settle([], refused);
    this.forget(committed.filter((number) => this.sent.has(number)));
  }
}

class Broken extends Agent {
  open() {
    return new Own();
  }
}

new Broken().with("durable_ack").run();
