import { Agent } from "./base.mjs";

class Broken extends Agent {
  obey(command) {
    if (!(`on_${command.cmd}` in this) && command.cmd !== "segment") this.end(1);
    super.obey(command);
  }
}

new Broken().run();
