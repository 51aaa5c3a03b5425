import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_start() {}
}

new Broken().run();
