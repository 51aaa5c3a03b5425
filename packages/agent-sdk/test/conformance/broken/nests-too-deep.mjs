import { Agent } from "./base.mjs";

class Broken extends Agent {
  metadata() {
    const extra = JSON.parse("[".repeat(80) + "]".repeat(80));
    this.say({ type: "log", level: "info", message: "deep", extra });
  }
}

new Broken().run();
