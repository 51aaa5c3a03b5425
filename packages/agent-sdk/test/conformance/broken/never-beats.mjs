import { Agent } from "./base.mjs";

class Broken extends Agent {
  beat() {}
}

new Broken().run();
