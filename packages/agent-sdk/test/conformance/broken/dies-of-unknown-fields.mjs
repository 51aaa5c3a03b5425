import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_flush(command, params) {
    if (params.since !== undefined) this.end(1);
    super.on_flush(command);
  }
}

new Broken().run();
