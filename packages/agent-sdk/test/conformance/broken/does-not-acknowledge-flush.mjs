import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_flush() {
    this.summary();
  }
}

new Broken().run();
