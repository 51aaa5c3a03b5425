import { Agent } from "./base.mjs";

class Broken extends Agent {
  listen() {
    process.stdin.on("data", (chunk) => {
      for (const line of chunk.toString().split("\n")) this.line(line);
    });
    process.stdin.on("end", () => this.end());
  }
}

new Broken().run();
