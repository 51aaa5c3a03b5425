import { Agent } from "./base.mjs";

class Broken extends Agent {
  handshake() {
    this.status();
    super.handshake();
  }
}

new Broken().run();
