import { Agent } from "./base.mjs";

class Broken extends Agent {
  handshake() {
    this.say({ type: "handshake", protocol_version: "9.0", agent_version: "1.0.0", capabilities: this.features });
  }
}

new Broken().run();
