import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_lifecycle(command, { phase }) {
    this.isSuspended ||= phase === "suspend";
    this.ack(command);
  }

  on_flush(command) {
    if (!this.isSuspended) super.on_flush(command);
  }
}

new Broken().with("lifecycle").run();
