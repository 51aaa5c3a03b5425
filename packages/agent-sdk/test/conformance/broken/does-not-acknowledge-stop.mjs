import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_stop() {}
}

new Broken().run();
