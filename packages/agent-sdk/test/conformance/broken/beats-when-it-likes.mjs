import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_ack() {}
}

new Broken().run();
