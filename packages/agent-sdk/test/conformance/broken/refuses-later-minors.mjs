import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_ack(command, params) {
    if (params.protocol_version > "0.4") return this.end(1);
    super.on_ack(command, params);
  }
}

new Broken().run();
