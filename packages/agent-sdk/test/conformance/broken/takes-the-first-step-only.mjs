import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_sequence(command, params) {
    const [first] = command.sequence ?? params.sequence ?? [];
    this.obey({ cmd: first, id: command.id });
  }
}

new Broken().run();
