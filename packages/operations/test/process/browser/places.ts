import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, BrowserContext } from "playwright-core";
import { FOREIGN, REBOUND } from "./launch.ts";

const attempts = fileURLToPath(new URL("../../fixtures/pages/attempts.js", import.meta.url));
const page = fileURLToPath(new URL("../../fixtures/pages/elsewhere.html", import.meta.url));

/** Where a stranger's page may come from. */
export const places = [
  "another port",
  "another name of this machine",
  "another origin",
  "a sandboxed frame",
  "a file",
  "a data address",
  "a name bound anew",
] as const;
export type Place = (typeof places)[number];

/** A stranger's web server, and pages of it in a browser. */
export interface Stranger {
  readonly context: BrowserContext;
  /** Opens a page at `place` that has it in for whatever listens on `port`. */
  visit(place: Place, port: number): Promise<Visit>;
  close(): Promise<void>;
}

/** A page that is open; what it can try is in the fixture `attempts.js`. */
export interface Visit {
  readonly attempts: readonly string[];
  /** The paths that an attempt to do harm asks for, all of them. */
  readonly harmful: readonly string[];
  /** Resolves with what the page got to see: "nothing", or the text of it. */
  make(attempt: string, token: string): Promise<string>;
  leave(): Promise<void>;
}

export async function openStranger(browser: Browser): Promise<Stranger> {
  const server = createServer((request, reply) => {
    const script = request.url === "/at-your-service.js";
    reply.setHeader("content-type", script ? "text/javascript" : "text/html");
    reply.end(script ? SERVICE : request.url === "/sandboxed" ? SANDBOXED : "<body>elsewhere</body>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const own = (server.address() as AddressInfo).port;
  const context = await browser.newContext();
  await context.addInitScript({ path: attempts });

  const addresses = (port: number): Record<Place, string> => ({
    "another port": `http://127.0.0.1:${own}/`,
    "another name of this machine": `http://localhost:${own}/`,
    "another origin": `http://${FOREIGN}:${own}/`,
    "a sandboxed frame": `http://127.0.0.1:${own}/sandboxed`,
    "a file": pathToFileURL(page).href,
    "a data address": "data:text/html,<body>elsewhere</body>",
    "a name bound anew": `http://${REBOUND}:${port}/elsewhere`,
  });
  return {
    context,
    async visit(place, port) {
      const opened = await context.newPage();
      const address = addresses(port)[place];
      const isRebound = place === "a name bound anew";
      // The page itself came from the stranger, while the name was still theirs.
      if (isRebound) {
        await opened.route(address, (route) =>
          route.fulfill({ contentType: "text/html", body: "<body>elsewhere</body>" }),
        );
      }
      await opened.goto(address);
      const frames = opened.frames();
      const frame = frames[frames.length - 1] ?? opened.mainFrame();
      const target = isRebound ? `http://${REBOUND}:${port}` : `http://127.0.0.1:${port}`;
      return {
        attempts: await frame.evaluate<string[]>("Object.keys(attempts)"),
        harmful: await frame.evaluate<string[]>("harmful"),
        make: (attempt, token) =>
          frame.evaluate<string>(`attempts[${JSON.stringify(attempt)}]("${target}", "${token}")`),
        leave: () => opened.close(),
      };
    },
    async close() {
      await context.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

const SANDBOXED = `<body><iframe sandbox="allow-scripts allow-forms allow-popups" srcdoc="<body>elsewhere</body>"></iframe></body>`;

const SERVICE = `
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(
  fetch(event.data.url, event.data.init)
    .then((reply) => reply.text()).then((text) => text || "nothing", () => "nothing")
    .then((seen) => event.source.postMessage(seen))));
`;
