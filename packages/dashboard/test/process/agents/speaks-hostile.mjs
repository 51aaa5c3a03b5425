// Says everything that it may say in words that were made to upset a page: as titles, reasons, names of files and branches, log lines,
// errors, health and keys.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const say = (message) =>
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...message })}\n`);

/** Each begins and ends with a mark, so that it is found again where it is shown. */
const TEXTS = [
  "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
  "{{constructor.constructor('alert(1)')()}} ${alert(1)} {@html 1}",
  "\u202egnp.exe\u202d left \u2067 open \u2066",
  "zero\u200bwidth\u200d\u2060\ufeffjoined\u00ad",
  "👩‍👩‍👧‍👦🏳️‍🌈e\u0301\u0323 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹",
  "2026-13-45T99:99:99Z",
  "__proto__ constructor toString",
  "line\nanother\ttab\u2028end",
  "\u0000\u0007\u001b[31mred\u001b]8;;http://evil.example\u0007link",
  "w".repeat(10_000),
].map((text) => `⟦${text}⟧`);
let turn = 0;
const next = () => TEXTS[turn++ % TEXTS.length];

const folder = process.env.MIMOLO_AGENT_DATA_DIR;
const bytes = Buffer.from("kept");
const artifacts = TEXTS.slice(0, 7).map((text, index) => {
  const rel = `artifacts/${index} ⟦\u202e<b>txt.⟧`;
  mkdirSync(join(folder, "artifacts"), { recursive: true });
  writeFileSync(join(folder, rel), bytes);
  return {
    artifact_id: text.slice(0, 100),
    rel_path: rel,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
    mime: "text/plain",
    captured_at: new Date().toISOString(),
    retention_class: "retained",
  };
});

const summary = () => {
  for (const text of TEXTS) {
    const activity_signal = { mode: "active", keep_alive: true, reason: text.slice(0, 200) };
    const data = JSON.parse(`{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`);
    Object.assign(data, {
      activity_signal,
      title: text,
      branch: text,
      files: { [text.slice(0, 200)]: 1 },
      message: text,
    });
    say({ type: "summary", data });
  }
  const activity_signal = { mode: "active", keep_alive: true, reason: TEXTS[2] };
  say({ type: "summary", data: { activity_signal, artifacts } });
};
const draw = (id) => {
  const children = TEXTS.map((text) => ({ tag: "p", children: [text] }));
  say({
    type: "widget_frame",
    data: { mode: "tree_v1", tree: { tag: "section", children }, request_id: id, ttl_ms: 60_000 },
  });
};
const complain = () => {
  for (const text of TEXTS) {
    say({ type: "log", level: "warning", message: text });
    say({ type: "error", message: text, data: { message: text, code: text.slice(0, 40) } });
    process.stderr.write(`${text}\n`);
  }
  say({ type: "status", health: "degraded", message: TEXTS[2], details: { [TEXTS[0]]: TEXTS[2], word: TEXTS.at(-1) } });
};

const capabilities = ["heartbeat", "summary", "widget_frame", "log", "status", "error"];
say({ type: "handshake", protocol_version: "0.4", agent_version: next(), capabilities });
setInterval(() => say({ type: "heartbeat", metrics: { queue: 0, [next().slice(0, 60)]: 1 } }), 500);
let hasSpoken = false;
const speak = () => {
  if (hasSpoken) return;
  hasSpoken = true;
  summary();
  complain();
};
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { cmd, id, sequence, params } = JSON.parse(line);
    if (cmd === "widget_render") return draw(id);
    if (cmd === "widget_action") {
      draw();
      return say({ type: "ack", ack_command: "widget_action", id, message: TEXTS[2] + params.action });
    }
    for (const step of cmd === "sequence" ? sequence : [cmd]) {
      if (step === "flush") speak();
      if (step === "flush" || step === "stop" || step === "start") say({ type: "ack", ack_command: step });
      if (step === "shutdown") process.exit(0);
    }
  })
  .on("close", () => process.exit(0));
