import { Agent } from "./base.mjs";

class Broken extends Agent {
  handshake() {
    this.say({ type: "metadata", data: { provides: ["notes"] } });
    super.handshake();
  }
}

new Broken().run();
