import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_status() {}
}

new Broken().run();
