import { Agent } from "./base.mjs";

class Broken extends Agent {
  beat() {
    super.beat();
    const until = Date.now() + 500;
    while (Date.now() < until);
  }
}

new Broken().run();
