import { Agent } from "./base.mjs";

class Broken extends Agent {
  line(line) {
    if (!line.endsWith("}\r")) super.line(line);
  }
}

new Broken().run();
