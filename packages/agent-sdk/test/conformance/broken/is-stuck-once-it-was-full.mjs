import { Agent, Spool } from "./base.mjs";

class Own extends Spool {
  isStuck = false;

  fits(bytes) {
    this.isStuck ||= !super.fits(bytes);
    return !this.isStuck;
  }
}

class Broken extends Agent {
  open() {
    return new Own();
  }
}

new Broken().with("durable_ack").run();
