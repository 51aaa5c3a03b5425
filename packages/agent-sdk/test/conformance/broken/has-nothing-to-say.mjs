import { Agent } from "./base.mjs";

class Broken extends Agent {
  summary() {}
}

new Broken().run();
