import { Agent } from "./base.mjs";

class Broken extends Agent {
  metadata() {
    for (let line = 0; line < 3000; line += 1) this.say({ type: "log", level: "debug", message: `line ${line}` });
  }
}

new Broken().run();
