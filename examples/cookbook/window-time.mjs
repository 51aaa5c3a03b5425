// How long which program was in front, from what mimolo.active-window has kept.
import { defineReporter } from "@mimolo/agent-sdk";

await defineReporter({
  id: "cookbook.window-time",
  version: "1.0.0",
  metrics: [{ id: "seconds", unit: "s", description: "Time in front, by the class of the window" }],
  formats: ["json", "text"],
  async collect(_metrics, range, { config, request, progress }) {
    const seconds = {};
    let cursor;
    do {
      const query = { agent: config.agent ?? "active-window", kind: "message", ...range, ...(cursor && { cursor }) };
      const page = await request("evidence.query", query);
      for (const { message } of page.items) {
        for (const { class: name, duration_s: s } of message.data?.windows ?? [])
          seconds[name ?? "nameless"] = (seconds[name ?? "nameless"] ?? 0) + s;
      }
      cursor = page.next_cursor;
      progress();
    } while (cursor !== null);
    return Object.entries(seconds).sort(([, a], [, b]) => b - a);
  },
  report: (times, format) =>
    format === "json"
      ? Object.fromEntries(times)
      : times.map(([name, s]) => `${(s / 60).toFixed(1).padStart(7)} min  ${name}`).join("\n"),
}).run();
