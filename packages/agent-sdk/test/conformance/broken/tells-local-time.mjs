import { Agent } from "./base.mjs";

class Broken extends Agent {
  beat() {
    this.say({ type: "heartbeat", timestamp: "2026-03-01 09:00:00" });
  }
}

new Broken().run();
