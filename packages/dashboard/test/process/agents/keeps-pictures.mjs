// Keeps three pictures, names them in its first summary, draws the newest one in its widget, and puts them into archives and takes
// them out again when it is asked to.
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { crc32, deflateSync } from "node:zlib";

const folder = process.env.MIMOLO_AGENT_DATA_DIR;
const say = (message) =>
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...message })}\n`);

const chunk = (name, data) => {
  const body = Buffer.concat([Buffer.from(name), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
};
/** A picture of one colour. */
const png = (size, [red, green, blue]) => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size);
  head.writeUInt32BE(size, 4);
  head.set([8, 2], 8);
  const row = Buffer.from([0, ...Array.from({ length: size }, () => [red, green, blue]).flat()]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: size }, () => row)));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
};

mkdirSync(join(folder, "artifacts"), { recursive: true });
const colours = [
  [180, 60, 60],
  [60, 140, 90],
  [59, 91, 219],
];
const artifacts = colours.map((colour, index) => {
  const bytes = png(320, colour);
  const name = `picture-${index + 1}`;
  writeFileSync(join(folder, "artifacts", `${name}.png`), bytes);
  return {
    artifact_id: name,
    rel_path: `artifacts/${name}.png`,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
    mime: "image/png",
    captured_at: new Date(Date.now() - (3 - index) * 60_000).toISOString(),
    retention_class: index === 0 ? "ephemeral" : "retained",
  };
});
let named = false;
const summarise = () => {
  const activity_signal = { mode: "passive", keep_alive: null };
  say({ type: "summary", data: { activity_signal, pictures: artifacts.length, ...(named ? {} : { artifacts }) } });
  named = true;
};

const moved = (from, to) => {
  mkdirSync(join(folder, to), { recursive: true });
  const names = from === "artifacts" ? [] : readdirSync(join(folder, from));
  for (const name of names) renameSync(join(folder, from, name), join(folder, to, name));
  return names;
};
const answers = {
  archive({ selection }) {
    const archive_id = randomUUID();
    const to = join("archives", archive_id);
    mkdirSync(join(folder, to), { recursive: true });
    for (const id of selection.artifact_ids)
      renameSync(join(folder, "artifacts", `${id}.png`), join(folder, to, `${id}.png`));
    return { archive_id, artifact_ids: selection.artifact_ids };
  },
  restore: ({ archive_id }) => ({
    archive_id,
    artifact_ids: moved(join("archives", archive_id), "artifacts").map((name) => name.replace(".png", "")),
  }),
};

/** A picture needs a token first, for which the collector is asked. */
let asked = null;
const draw = (id, token) => {
  const attributes = { class: "mml-image", alt: "the newest picture", src: `mimolo://artifact/${token}` };
  const children = [token === null ? "no picture yet" : { tag: "img", attributes }];
  const tree = { tag: "figure", children };
  say({ type: "widget_frame", data: { mode: "tree_v1", tree, request_id: id, ttl_ms: 60_000 } });
};

const interfaces = ["artifact"];
const capabilities = ["heartbeat", "summary", "widget_frame", "invoke", "request"];
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities, interfaces });
setInterval(() => say({ type: "heartbeat", metrics: { queue: 0 } }), 200);
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { cmd, id, sequence, params, ...rest } = JSON.parse(line);
    if (cmd === "widget_render") {
      asked = id;
      say({ type: "request", id: "token", method: "artifact.token", params: { artifact_id: "picture-3" } });
      return;
    }
    if (cmd === "response" && id === "token") return draw(asked, (params ?? rest).data?.token ?? null);
    if (cmd === "invoke") {
      say({ type: "result", id, ok: true, data: answers[params.method](params.params) });
      return;
    }
    for (const step of cmd === "sequence" ? sequence : [cmd]) {
      if (step === "flush") summarise();
      if (step === "flush" || step === "stop" || step === "start") say({ type: "ack", ack_command: step });
      if (step === "shutdown") process.exit(0);
    }
  })
  .on("close", () => process.exit(0));
