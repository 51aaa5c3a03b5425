import { Agent } from "./base.mjs";

class Broken extends Agent {
  metadata() {
    this.say({ type: "log", level: "loud", message: "hello" });
  }
}

new Broken().run();
