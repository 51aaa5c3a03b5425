import { Agent } from "./base.mjs";

class Broken extends Agent {
  line(line) {
    JSON.parse(line);
    super.line(line);
  }
}

new Broken().run();
