import { Agent, Spool } from "./base.mjs";

class Own extends Spool {
  numbered(seq, message) {
    return {
      ...super.numbered(seq, message),
      timestamp: new Date().toISOString(),
      data: { ...message.data, pid: process.pid },
    };
  }
}

class Broken extends Agent {
  open() {
    return new Own();
  }
}

new Broken().with("durable_ack").run();
