import { Agent } from "./base.mjs";

class Broken extends Agent {
  ended() {
    this.end(1);
  }
}

new Broken().run();
