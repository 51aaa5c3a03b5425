import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_ack(command) {
    super.on_ack(command, command.params.heartbeat_interval_s === undefined ? {} : command.params);
  }
}

new Broken().run();
