import { Agent } from "./base.mjs";

class Broken extends Agent {
  metadata() {
    this.say({ type: "metadata", data: { monitor: { label: "notes", data_header: "notes" } } });
  }

  beat() {
    super.beat();
    this.say({ type: "event", data: { event: "written", payload: {} } });
  }
}

new Broken().run();
