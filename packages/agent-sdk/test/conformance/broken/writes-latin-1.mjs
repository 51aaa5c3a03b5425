import { Agent } from "./base.mjs";

class Broken extends Agent {
  metadata() {
    process.stdout.write(Buffer.from('{"type":"log","level":"info","message":"café"}\n', "latin1"));
  }
}

new Broken().run();
