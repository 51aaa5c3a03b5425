import { agent, edit } from "./agents.ts";
import { at, type Examples, onePage } from "./example.ts";

const cooldown = { key: "monitor.cooldown_seconds", value: 600, source: "plugin", from: "default" };

export const collectorExamples: Examples = {
  getHealth: { answer: { ok: true } },
  getStatus: {
    answer: {
      collector: {
        pid: 4700,
        started_at: at,
        uptime_s: 5400,
        mode: "release",
        data_dir: "/home/ada/.local/share/mimolo",
        version: "0.4.0",
        address: "/home/ada/.local/share/mimolo/control/mimolo.sock",
        http: "http://127.0.0.1:7466",
        budget: { sum: 2, scale: 1, reasons: [] },
      },
      agents: [agent],
    },
  },
  shutDown: { body: {}, answer: { stopping: true } },
  getConfig: {
    answer: {
      files: ["/home/ada/project/mimolo.toml"],
      trouble: null,
      values: [cooldown],
      privacy: [
        {
          name: "banks",
          match_agent: "*",
          field: "data.title",
          glob: "*bank*",
          action: "redact",
          from: { file: "/home/ada/project/mimolo.toml", line: 12 },
        },
      ],
      agents: { "folder-activity": { plugin_id: "mimolo.folder-activity", values: [] } },
    },
  },
  changeConfig: {
    body: { monitor: { cooldown_seconds: 300 } },
    answer: { ...edit, message: "changed monitor.cooldown_seconds" },
  },
  listDiagnostics: {
    answer: onePage({
      at,
      label: "folder-activity",
      instance_id: agent.instance_id,
      run_id: agent.run_id,
      type: "log",
      level: "info",
      message: "watches 1 folder",
    }),
  },
  getMetrics: { answer: "# HELP mimolo_up 1 while the collector answers.\n# TYPE mimolo_up gauge\nmimolo_up 1\n" },
  getOpenApi: { answer: { openapi: "3.1.0" } },
  listen: {},
};
