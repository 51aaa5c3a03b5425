import { lstatSync, mkdirSync, rmSync, type Stats, statSync } from "node:fs";
import { createConnection } from "node:net";
import { dirname } from "node:path";
import { CollectorError } from "../error.ts";
import { MAX_SOCKET_PATH_BYTES } from "./address.ts";

/** Makes room for a socket at a place that somebody chose. Its folder has to be this user's and closed to others, since it is what
 *  protects the socket; nothing but a socket that nobody listens on is taken away. Throws `CollectorError` `socket-unusable`. */
export async function prepareChosenSocket(socket: string): Promise<void> {
  if (process.platform === "win32") {
    if (socket.startsWith("\\\\.\\pipe\\")) return;
    throw unusable(
      socket,
      "is no name of a pipe",
      "choose one such as \\\\.\\pipe\\mimolo, or leave `[control] socket` out",
    );
  }
  if (Buffer.byteLength(socket) > MAX_SOCKET_PATH_BYTES) {
    throw unusable(socket, `is longer than ${MAX_SOCKET_PATH_BYTES} bytes`, "choose a shorter path");
  }
  const folder = dirname(socket);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { mode, uid } = statSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    const hint = `\`chmod 700\` it, or choose a folder of your own`;
    throw unusable(socket, `lies in ${folder}, which others can look into`, hint);
  }
  const there = lookAt(socket);
  if (there === null) return;
  if (!there.isSocket()) throw unusable(socket, "is a file already", "choose a path where nothing is");
  if (await answers(socket)) throw unusable(socket, "is used by another program", "choose another path");
  rmSync(socket, { force: true });
}

function lookAt(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const client = createConnection(socket);
    client.once("connect", () => {
      client.destroy();
      resolve(true);
    });
    client.once("error", () => resolve(false));
  });
}

function unusable(socket: string, why: string, hint: string): CollectorError {
  return new CollectorError("socket-unusable", `the control socket ${socket} ${why}`, hint);
}
