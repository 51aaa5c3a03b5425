import { Agent } from "./base.mjs";

class Broken extends Agent {
  metadata() {
    this.say({ type: "log", level: "info", message: "x".repeat(70_000) });
  }
}

new Broken().run();
