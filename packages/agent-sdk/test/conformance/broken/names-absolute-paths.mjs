import { Agent } from "./base.mjs";

class Broken extends Agent {
  data() {
    const bytes = { sha256: "0".repeat(64), bytes: 0, mime: "text/plain", captured_at: "2026-03-01T09:00:00Z" };
    const artifact = { artifact_id: "1", rel_path: "/etc/passwd", ...bytes, retention_class: "retained" };
    return { ...super.data(), artifacts: [artifact] };
  }
}

new Broken().run();
