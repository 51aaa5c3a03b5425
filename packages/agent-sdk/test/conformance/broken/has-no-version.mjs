import { Agent } from "./base.mjs";

class Broken extends Agent {
  handshake() {
    this.say({ type: "handshake", protocol_version: "0.4", agent_version: "one", capabilities: this.features });
  }
}

new Broken().run();
