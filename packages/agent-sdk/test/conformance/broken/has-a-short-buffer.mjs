import { Agent } from "./base.mjs";

class Broken extends Agent {
  line(line) {
    if (line.length > 65_536) this.end(1);
    super.line(line);
  }
}

new Broken().run();
