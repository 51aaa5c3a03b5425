import { Agent } from "./base.mjs";

class Broken extends Agent {
  data() {
    return { activity_signal: { mode: "active", keep_alive: "true" } };
  }
}

new Broken().run();
