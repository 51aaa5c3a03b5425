import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_shutdown() {}
}

new Broken().run();
