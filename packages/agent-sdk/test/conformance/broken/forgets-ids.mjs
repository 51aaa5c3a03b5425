import { Agent } from "./base.mjs";

class Broken extends Agent {
  ack({ cmd }) {
    super.ack({ cmd });
  }
}

new Broken().run();
