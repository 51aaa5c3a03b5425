import { Agent } from "./base.mjs";

class Broken extends Agent {
  line(line) {
    if (line === "null") this.end(1);
    super.line(line);
  }
}

new Broken().run();
