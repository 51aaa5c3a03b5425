import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_widget_action(command) {
    this.summary();
    this.ack(command);
  }
}

new Broken().with("widget_frame").run();
