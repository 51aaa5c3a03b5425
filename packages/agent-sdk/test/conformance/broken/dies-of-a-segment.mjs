import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_segment() {
    this.end(1);
  }
}

new Broken().with("segment").run();
