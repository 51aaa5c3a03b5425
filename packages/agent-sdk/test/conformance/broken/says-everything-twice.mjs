import { Agent } from "./base.mjs";

class Broken extends Agent {
  summary() {
    super.summary();
    super.summary();
  }
}

new Broken().run();
