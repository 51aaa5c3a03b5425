// A real X server without a screen, and a hand that opens windows on it and types.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { openScreen } from "../../src/x11/screen.ts";
import { ATOM, words } from "../../src/x11/requests.ts";
import { padded } from "../../src/x11/setup.ts";

export interface FakeScreen {
  readonly environment: Record<string, string>;
  /** Opens a window of a program; its number. */
  window(program: string, title: string): number;
  retitle(window: number, title: string): void;
  /** What is typed goes to `window` from now on. */
  focus(window: number): void;
  /** What a window manager would say is in front. */
  announce(window: number): void;
  /** Presses and releases a key. */
  type(): Promise<void>;
  /** Covers a part of the screen with one colour, such as `0xff0000`. */
  paint(part: { x: number; y: number; width: number; height: number }, colour: number): void;
  /** Waits until the server has done everything so far. */
  done(): Promise<void>;
  /** Closes whatever is open on it, and the server. */
  end(): Promise<void>;
}

/** An `.Xauthority` with one entry. */
export function authorityWith(entry: { family: number; address: string; number: string; cookie: Uint8Array }): Buffer {
  const fields = [entry.address, entry.number, "MIT-MAGIC-COOKIE-1", entry.cookie].flatMap((value) => {
    const bytes = Buffer.from(value);
    return [Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes];
  });
  return Buffer.concat([Buffer.from([entry.family >> 8, entry.family & 0xff]), ...fields]);
}

/** Starts a server that lets in whoever knows the word in `folder`; it picks its own number. */
export async function fakeScreen(folder: string, screenSize = "320x240x24"): Promise<FakeScreen> {
  const authority = join(folder, "authority");
  const cookie = Buffer.from("0123456789abcdef");
  writeFileSync(authority, authorityWith({ family: 256, address: hostname(), number: "", cookie }));
  const options = `-displayfd 1 -screen 0 ${screenSize} -nolisten tcp -noreset -auth`.split(" ");
  const server = spawn("Xvfb", [...options, authority], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(server, "exit");
  const [number] = (await Promise.race([once(server.stdout, "data"), ended])) as [Buffer | number | null];
  if (!Buffer.isBuffer(number)) throw new Error("Xvfb ended at once");
  const environment = { DISPLAY: `:${number.toString().trim()}`, XAUTHORITY: authority };
  const found = await openScreen(environment);
  if (!found.ok) throw new Error(found.why);
  const { client, root, atom, extension } = found.screen;
  const [active, wmName, utf8, xtest] = [
    await atom("_NET_ACTIVE_WINDOW"),
    await atom("_NET_WM_NAME"),
    await atom("UTF8_STRING"),
    await extension("XTEST"),
  ];
  const INPUT_ONLY_NOWHERE = 0;
  const GET_INPUT_FOCUS = 43;
  let made = 0;
  const change = (window: number, property: number, type: number, format: 8 | 32, value: Buffer) => {
    const request = Buffer.alloc(24 + padded(value.length));
    words(18, 0, [window, property, type, format, value.length / (format / 8)]).copy(request);
    request.writeUInt16LE(request.length / 4, 2);
    value.copy(request, 24);
    client.tell(request);
  };
  const retitle = (window: number, title: string) => change(window, wmName, utf8, 8, Buffer.from(title));
  const done = async () => void (await client.ask(words(GET_INPUT_FOCUS, 0, [])));
  return {
    environment,
    window(program, title) {
      const window = client.setup.firstId + ++made;
      const [at, size] = [0, 100 | (100 << 16)];
      client.tell(words(1, 0, [window, root, at, size, INPUT_ONLY_NOWHERE, 0, 0]));
      change(window, ATOM.WM_CLASS, ATOM.STRING, 8, Buffer.from(`${program.toLowerCase()}\0${program}\0`));
      retitle(window, title);
      client.tell(words(8, 0, [window]));
      return window;
    },
    retitle,
    focus: (window) => void client.tell(words(42, 0, [window, 0])),
    announce(window) {
      const value = Buffer.alloc(4);
      value.writeUInt32LE(window);
      change(root, active, 33, 32, value);
    },
    paint({ x, y, width, height }, colour) {
      const [window, AS_ITS_PARENT, ONLY_A_BACKGROUND] = [client.setup.firstId + ++made, 0, 2];
      const place = [x | (y << 16), width | (height << 16)];
      client.tell(words(1, 0, [window, root, ...place, 0, AS_ITS_PARENT, ONLY_A_BACKGROUND, colour]));
      client.tell(words(8, 0, [window]));
    },
    async type() {
      const A_KEY = 38;
      for (const press of [2, 3]) client.tell(words(xtest ?? 0, 2, [press | (A_KEY << 8), 0, root, 0, 0, 0, 0, 0]));
      await done();
    },
    done,
    async end() {
      client.close();
      server.kill();
      await ended;
    },
  };
}
