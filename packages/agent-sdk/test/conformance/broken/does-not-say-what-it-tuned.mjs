import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_throttle() {}
}

new Broken().run();
