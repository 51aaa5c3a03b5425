import { Agent } from "./base.mjs";

class Broken extends Agent {
  isStopped = false;

  obey(command) {
    if (command.cmd === "stop") this.isStopped = true;
    if (command.cmd === "start") this.isStopped = false;
    if (this.isStopped && command.cmd === "flush") return;
    super.obey(command);
  }
}

new Broken().run();
