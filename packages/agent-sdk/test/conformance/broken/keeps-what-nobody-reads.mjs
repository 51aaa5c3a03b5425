import { Agent } from "./base.mjs";

class Broken extends Agent {
  write(text) {
    process.stdout.write(text);
  }
}

new Broken().run();
