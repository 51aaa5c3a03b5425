import { Agent, Spool } from "./base.mjs";

class Own extends Spool {
  numbered(_seq, message) {
    return message;
  }
}

class Broken extends Agent {
  open() {
    return new Own();
  }
}

new Broken().with("durable_ack").run();
