// Tries whatever its one argument names and prints how each went: `ok`, or the word of the refusal.
import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { Worker } from "node:worker_threads";

const numbered = (folder) => readdirSync(folder).filter((name) => /^\d+$/.test(name));
const attempts = {
  async tcp(port) {
    await once(connect(port, "127.0.0.1"), "connect");
  },
  async udp(port) {
    const socket = createSocket("udp4");
    socket.connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.send("anyone?");
    await once(socket, "message");
  },
  unix: async (path) => once(connect(path), "connect"),
  list: (folder) => readdirSync(folder),
  read: (path) => readFileSync(path, "utf8"),
  write: (path) => writeFileSync(path, "was here"),
  append: (path) => appendFileSync(path, "// was here"),
  run([program, ...args]) {
    const { error, status } = spawnSync(program, args);
    if (error) throw error;
    if (status !== 0) throw Object.assign(new Error(), { code: `status ${status}` });
  },
  secret(reversed) {
    const text = reversed.split("").toReversed().join("");
    const seen = numbered("/proc").flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/environ`, "utf8"), readFileSync(`/proc/${pid}/cmdline`, "utf8")];
      } catch {
        return [];
      }
    });
    if (![...seen, JSON.stringify(process.env)].some((found) => found.includes(text)))
      throw new Error("not to be found");
  },
  thread: () => void new Worker("0", { eval: true, execArgv: [] }),
  signal: (pid) => process.kill(pid, 0),
  others() {
    const others = numbered("/proc").filter((pid) => Number(pid) !== process.pid && pid !== "1");
    if (others.length === 0) throw new Error("nobody");
    return others;
  },
};

const results = {};
for (const [name, [attempt, value]] of Object.entries(JSON.parse(process.argv[2]))) {
  const tooLong = new Promise((_, reject) => setTimeout(reject, 1_500, { code: "no answer" }).unref());
  try {
    await Promise.race([attempts[attempt](value), tooLong]);
    results[name] = "ok";
  } catch (error) {
    results[name] = error.code ?? error.message;
  }
}
console.log(JSON.stringify(results));
process.exit();
