import { Agent } from "./base.mjs";

class Broken extends Agent {
  listen() {
    super.listen();
    this.patience = setTimeout(() => this.end(1), 2000);
  }

  on_ack(command, params) {
    clearTimeout(this.patience);
    super.on_ack(command, params);
  }
}

new Broken().run();
