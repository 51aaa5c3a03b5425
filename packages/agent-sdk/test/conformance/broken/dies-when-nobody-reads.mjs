import { Agent } from "./base.mjs";

class Broken extends Agent {
  write(text) {
    process.stdout.write(text);
    if (process.stdout.writableLength > 65_536) throw new Error("EAGAIN: stdout takes no more");
  }
}

new Broken().run();
