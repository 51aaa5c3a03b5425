import { spawn } from "node:child_process";
import { Agent } from "./base.mjs";

class Broken extends Agent {
  on_shutdown(command) {
    spawn("sleep", ["60"], { stdio: "ignore" }).unref();
    super.on_shutdown(command);
  }
}

new Broken().run();
