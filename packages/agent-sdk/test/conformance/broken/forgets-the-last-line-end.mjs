import { Agent } from "./base.mjs";

class Broken extends Agent {
  end() {
    this.write('{"type":"log","level":"info","message":"goodbye"}');
    super.end();
  }
}

new Broken().run();
