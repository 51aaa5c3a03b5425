import { Agent } from "./base.mjs";

class Broken extends Agent {
  status(more) {
    if (this.isStarted) super.status(more);
    this.isStarted = true;
  }
}

new Broken().run();
