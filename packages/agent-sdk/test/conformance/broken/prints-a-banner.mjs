import { Agent } from "./base.mjs";

class Broken extends Agent {
  run() {
    this.write("notes agent 1.0.0, loading …\n");
    super.run();
  }
}

new Broken().run();
