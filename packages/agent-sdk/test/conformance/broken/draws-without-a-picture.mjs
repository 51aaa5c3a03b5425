import { Agent } from "./base.mjs";

class Broken extends Agent {
  frame(id) {
    super.frame(id, {});
  }
}

new Broken().with("widget_frame").run();
