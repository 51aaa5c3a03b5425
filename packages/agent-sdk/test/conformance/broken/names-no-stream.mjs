import { Agent } from "./base.mjs";

class Broken extends Agent {
  handshake() {
    this.say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: this.features });
  }
}

new Broken().with("durable_ack").run();
