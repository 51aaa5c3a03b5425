import { Agent } from "./base.mjs";

class Broken extends Agent {
  status(more) {
    super.status({ health: "fine", ...more });
  }
}

new Broken().run();
