// A whole agent in plain JavaScript, with nothing but the protocol in mind. Each file beside it takes one part away.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

const MOST_RECORDS = 1024;
const MOST_BYTES = 262_144;

export class Agent {
  features = ["summary", "heartbeat", "status", "error", "log", "throttle"];
  intervalS = 5;
  pending = 0;
  isOver = false;
  factor = 1;

  /** Announces more than the usual. */
  with(...features) {
    this.features.push(...features);
    if (features.includes("durable_ack")) this.spool = this.open();
    return this;
  }

  open() {
    return new Spool();
  }

  run() {
    process.stdout.on("error", () => process.exit(0));
    process.on("SIGTERM", () => this.end());
    this.handshake();
    this.metadata();
    this.status();
    this.beats = setInterval(() => this.beat(), this.intervalS * 1000);
    this.listen();
  }

  // What it says

  write(text) {
    if (process.stdout.write(text) || process.stdin.isPaused()) return;
    // Nobody reads: more commands would only bring more answers that wait.
    process.stdin.pause();
    process.stdout.once("drain", () => process.stdin.resume());
  }

  say(message) {
    this.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...message })}\n`);
  }

  handshake() {
    const stream = this.spool === undefined ? {} : { stream: this.spool.stream };
    this.say({
      type: "handshake",
      protocol_version: "0.4",
      agent_version: "1.0.0",
      capabilities: this.features,
      ...stream,
    });
  }

  metadata() {}

  status(more = {}) {
    this.say({ type: "status", health: "ok", ...more });
  }

  beat() {
    this.say({ type: "heartbeat", metrics: { queue: 0, pending: this.pending } });
  }

  data() {
    return { count: this.pending, activity_signal: { mode: "active", keep_alive: false } };
  }

  summary() {
    const message = { type: "summary", timestamp: new Date().toISOString(), data: this.data() };
    this.pending = 0;
    if (this.spool === undefined) return this.say(message);
    this.spool.add(message);
    this.sendDue();
  }

  sendDue() {
    for (const message of this.spool.due()) this.say(message);
  }

  ack({ cmd, id }) {
    this.say({ type: "ack", ack_command: cmd, id });
  }

  // What it hears

  listen() {
    let rest = "";
    process.stdin.setEncoding("utf8");
    process.stdin.on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop();
      for (const line of lines) this.line(line);
    });
    process.stdin.on("end", () => this.ended());
  }

  ended() {
    this.end();
  }

  line(line) {
    let command;
    try {
      command = JSON.parse(line);
    } catch {
      return;
    }
    if (typeof command?.cmd === "string" && !this.isOver) this.obey(command);
  }

  obey(command) {
    const params = typeof command.params === "object" && command.params !== null ? command.params : {};
    const name = `on_${command.cmd}`;
    if (name in this) this[name](command, params);
  }

  on_ack(_command, { heartbeat_interval_s: intervalS }) {
    if (!(intervalS > 0)) return;
    clearInterval(this.beats);
    this.beats = setInterval(() => this.beat(), intervalS * 1000);
  }

  on_reject() {
    this.end();
  }

  on_status() {
    this.status();
  }

  on_flush(command) {
    this.summary();
    this.ack(command);
  }

  on_stop(command) {
    this.ack(command);
  }

  on_start(command) {
    this.ack(command);
  }

  on_shutdown(command) {
    if (this.pending > 0) this.summary();
    this.ack(command);
    this.end();
  }

  on_sequence(command, params) {
    const steps = command.sequence ?? params.sequence;
    for (const cmd of Array.isArray(steps) ? steps : []) this.obey({ cmd, id: command.id });
  }

  on_throttle(_command, { factor }) {
    this.status({ tuned: { factor } });
  }

  on_lifecycle(command) {
    this.ack(command);
  }

  on_committed(_command, news) {
    if (this.spool === undefined) return;
    this.spool.committed(news);
    this.sendDue();
  }

  on_widget_render(command) {
    this.frame(command.id);
  }

  on_widget_action(command) {
    this.summary();
    this.frame(command.id);
    this.ack(command);
  }

  frame(id, more = { html: "<p>All is well.</p>" }) {
    this.say({ type: "widget_frame", data: { request_id: id, mode: "html_fragment_v1", ttl_ms: 5000, ...more } });
  }

  on_invoke({ id }) {
    this.say({ type: "result", id, ok: false, error: { code: "unknown-interface", message: "it has none" } });
  }

  end(code = 0) {
    this.isOver = true;
    process.exit(code);
  }
}

/** Records in a file that is only added to; replayed at the start. */
export class Spool {
  path = join(process.env.MIMOLO_AGENT_DATA_DIR, "spool.jsonl");
  /** Not sent by this run, and sent but not settled; by their numbers. */
  waiting = new Map();
  sent = new Map();
  last = 0;
  isAnswered = false;

  constructor() {
    this.stream = this.announced = randomBytes(8).toString("hex");
    if (!existsSync(this.path)) return this.note({ stream: this.stream });
    for (const line of readFileSync(this.path, "utf8").split("\n").slice(0, -1)) this.replay(JSON.parse(line));
    this.announced = this.stream;
  }

  replay({ stream, seq, message, settled }) {
    if (stream !== undefined) this.stream = stream;
    if (seq !== undefined) this.waiting.set((this.last = seq), message);
    for (const number of settled ?? []) this.waiting.delete(number);
  }

  note(entry) {
    appendFileSync(this.path, `${JSON.stringify(entry)}\n`);
  }

  add(message) {
    this.last += 1;
    this.note({ seq: this.last, message });
    this.waiting.set(this.last, message);
  }

  committed({ stream, through, refused = [] }) {
    if (stream !== this.stream) return;
    if (!this.isAnswered && through > this.last) this.beginAgain();
    this.isAnswered = true;
    const numbers = [...this.sent.keys(), ...this.waiting.keys()].filter((number) => number <= through);
    this.settle(
      numbers,
      refused.map(({ seq }) => seq),
    );
  }

  beginAgain() {
    const unsent = [...this.waiting.values()];
    this.stream = randomBytes(8).toString("hex");
    this.last = 0;
    writeFileSync(this.path, "");
    this.note({ stream: this.stream });
    this.sent.clear();
    this.waiting.clear();
    for (const message of unsent) this.add(message);
  }

  settle(committed, refused) {
    const settled = [...committed, ...refused];
    if (settled.length > 0) this.note({ settled });
    this.forget(settled);
  }

  forget(numbers) {
    for (const number of numbers) {
      this.sent.delete(number);
      this.waiting.delete(number);
    }
  }

  /** Takes what may be sent now. */
  due() {
    const lines = [];
    for (const [seq, message] of this.isAnswered ? this.waiting : []) {
      const line = this.numbered(seq, message);
      const bytes = JSON.stringify(line).length;
      if (!this.fits(bytes)) break;
      this.waiting.delete(seq);
      this.sent.set(seq, bytes);
      lines.push(line);
    }
    return lines;
  }

  fits(bytes) {
    const underWay = [...this.sent.values()].reduce((sum, each) => sum + each, 0);
    return this.sent.size === 0 || (this.sent.size < MOST_RECORDS && underWay + bytes <= MOST_BYTES);
  }

  numbered(seq, message) {
    return { ...message, seq, ...(this.stream === this.announced ? {} : { stream: this.stream }) };
  }
}
