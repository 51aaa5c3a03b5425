import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_widget_action(command) {
    this.summary();
    this.frame(command.id);
  }
}

new Broken().with("widget_frame").run();
