import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_invoke() {
    super.on_invoke({ id: "nobody" });
  }
}

new Broken().with("invoke").run();
