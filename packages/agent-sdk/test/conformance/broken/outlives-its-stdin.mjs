import { Agent } from "./base.mjs";

class Broken extends Agent {
  ended() {}
}

new Broken().run();
