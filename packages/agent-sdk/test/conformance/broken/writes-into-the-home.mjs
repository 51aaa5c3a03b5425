import { writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Agent } from "./base.mjs";

class Broken extends Agent {
  metadata() {
    writeFileSync(join(homedir(), ".notes-agent"), "hello");
  }
}

new Broken().run();
