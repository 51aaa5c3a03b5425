// Sees from within what a program run by Node does: connections, other programs, files it writes. It is loaded before the
// program and tells over a pipe of its own; it forbids nothing, and who wants to can evade it: a sandbox is what holds them.

/** Where the probe writes its notes, one JSON object a line. */
export const NOTES_FD = 3;

export interface ProbeNote {
  readonly kind: "network" | "subprocess" | "write";
  /** An address, a program, or an absolute path. */
  readonly what: string;
}

/** The probe's program, as CommonJS for `node --require`. */
export const PROBE = String.raw`"use strict";
const fs = require("node:fs");
const net = require("node:net");
const dgram = require("node:dgram");
const path = require("node:path");
const { fileURLToPath } = require("node:url");
const children = require("node:child_process");
const { syncBuiltinESMExports } = require("node:module");
const tell = fs.writeSync;
const note = (kind, what) => {
  try { tell(${NOTES_FD}, JSON.stringify({ kind, what: String(what) }) + "\n"); } catch {}
};
const wrap = (owner, name, before) => {
  const original = owner && owner[name];
  if (typeof original !== "function") return;
  const wrapped = function (...args) {
    try { before(args); } catch {}
    return new.target ? Reflect.construct(original, args, new.target) : Reflect.apply(original, this, args);
  };
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
  owner[name] = wrapped;
};

wrap(net.Socket.prototype, "connect", ([first, second]) => {
  const options = Array.isArray(first) ? first[0] : first;
  if (options && typeof options === "object") {
    if (options.path === undefined) note("network", (options.host || "localhost") + ":" + options.port);
  } else if (Number.isFinite(Number(first))) note("network", (typeof second === "string" ? second : "localhost") + ":" + first);
});
wrap(net.Server.prototype, "listen", ([first]) => {
  const isPath = typeof first === "string" || (first && typeof first === "object" && first.path !== undefined);
  if (!isPath) note("network", "listens on " + (first && typeof first === "object" ? first.port : first));
});
for (const name of ["bind", "send", "connect"]) wrap(dgram.Socket.prototype, name, () => note("network", "udp " + name));
wrap(children.ChildProcess.prototype, "spawn", ([options]) => note("subprocess", options.file));
for (const name of ["spawnSync", "execFileSync", "execSync"]) wrap(children, name, ([file]) => note("subprocess", file));

const place = (file) => {
  if (typeof file === "number") return null;
  if (file && typeof file === "object" && typeof file.fd === "number") return null;
  return path.resolve(file instanceof URL ? fileURLToPath(file) : String(file));
};
const written = (index) => (args) => {
  const where = place(args[index]);
  if (where !== null) note("write", where);
};
const opened = (args) => {
  const flags = typeof args[1] === "function" ? "r" : args[1] ?? "r";
  const writes = typeof flags === "number" ? (flags & 3) !== 0 : /[wa+]/.test(String(flags));
  if (writes) written(0)(args);
};
const FIRST = "writeFile appendFile truncate mkdir mkdtemp rm rmdir unlink chmod chown utimes createWriteStream".split(" ");
const SECOND = "rename copyFile cp link symlink".split(" ");
for (const [owner, ending] of [[fs, ""], [fs, "Sync"], [fs.promises, ""]]) {
  for (const name of FIRST) wrap(owner, name + ending, written(0));
  for (const name of SECOND) wrap(owner, name + ending, written(1));
  wrap(owner, "open" + ending, opened);
}
syncBuiltinESMExports();
`;
