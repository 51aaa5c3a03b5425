import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_reject() {}
}

new Broken().run();
