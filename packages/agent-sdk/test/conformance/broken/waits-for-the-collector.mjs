import { Agent } from "./base.mjs";

class Broken extends Agent {
  run() {
    this.listen();
  }

  listen() {
    process.stdin.once("data", () => super.run());
  }
}

new Broken().run();
