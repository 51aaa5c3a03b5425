import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_shutdown() {
    this.end(3);
  }
}

new Broken().run();
