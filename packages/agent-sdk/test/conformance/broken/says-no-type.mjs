import { Agent } from "./base.mjs";

class Broken extends Agent {
  metadata() {
    this.say({ level: "info", message: "of no type" });
  }
}

new Broken().run();
