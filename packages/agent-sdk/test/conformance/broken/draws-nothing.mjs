import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_widget_render() {}
}

new Broken().with("widget_frame").run();
