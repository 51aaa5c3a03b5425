import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_invoke() {}
}

new Broken().with("invoke").run();
