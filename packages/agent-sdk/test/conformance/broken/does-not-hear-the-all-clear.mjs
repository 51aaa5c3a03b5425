import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_throttle(command, params) {
    if (params.factor !== 1) super.on_throttle(command, params);
  }
}

new Broken().run();
