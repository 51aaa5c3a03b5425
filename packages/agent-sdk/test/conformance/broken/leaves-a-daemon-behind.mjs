import { spawn } from "node:child_process";
import { Agent } from "./base.mjs";

class Broken extends Agent {
  /** In a session of its own; nothing holds it to the agent but its environment. */
  on_daemon() {
    const daemon = spawn("sleep", ["60"], { stdio: "ignore", detached: true });
    daemon.unref();
    this.say({ type: "log", level: "info", message: `daemon ${daemon.pid}` });
  }

  on_shutdown(command) {
    this.on_daemon();
    super.on_shutdown(command);
  }
}

new Broken().run();
