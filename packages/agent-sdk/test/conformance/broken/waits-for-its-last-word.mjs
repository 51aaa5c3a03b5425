import { Agent } from "./base.mjs";

class Broken extends Agent {
  run() {
    super.run();
    process.stdout.removeAllListeners("error").on("error", () => {});
  }

  ended() {
    setTimeout(() => process.stdout.write(`{"type":"custom"}\n`, (error) => error ?? this.end()), 200);
  }
}

new Broken().run();
