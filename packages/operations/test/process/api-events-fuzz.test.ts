import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { Fitting } from "../api/conformance/asking/fitting.ts";
import { spoiltText } from "../api/conformance/asking/spoilt-text.ts";
import { spoiltValue } from "../api/conformance/asking/spoilt-value.ts";
import { readDocument } from "../api/conformance/document.ts";
import { changesBetween, World } from "../api/conformance/world.ts";

/** `npm run fuzz-api` asks for more of them, and for others. */
const rounds = Number(process.env["MIMOLO_FUZZ_ROUNDS"] ?? 30);
const seed = Number(process.env["MIMOLO_FUZZ_SEED"] ?? 8);
vi.setConfig({ testTimeout: 60_000 + rounds * 2_000 });

const document = readDocument();
const subscribing = { $ref: "#/components/schemas/SubscribeMessage" };
const told = {
  anyOf: [{ $ref: "#/components/schemas/ControlNotice" }, { $ref: "#/components/schemas/ControlEvent" }],
};
const known = { subscribe: [["*"], ["segment:*"], ["evidence:committed", "log"]], resume: [0, 1, 2], token: ["x"] };
const fitting = new Fitting(document, known).of(subscribing);
const world = new World();
let before: Record<string, string>;

beforeAll(async () => {
  await world.begin();
  before = world.state();
});
afterAll(() => world.end());

interface Heard {
  /** The first thing it was told. */
  readonly first: unknown;
  /** `null`: it may stay. */
  readonly code: number | null;
}

/** What comes of this as the first message. */
function heard(message: string | Uint8Array): Promise<Heard> {
  const webSocket = new WebSocket(`ws+unix:${world.collector.address ?? ""}:/api/v1/events`);
  return new Promise((resolve, reject) => {
    let first: unknown;
    const timer = setTimeout(() => reject(new Error("nothing was heard within 30 s")), 30_000);
    const done = (code: number | null) => {
      clearTimeout(timer);
      webSocket.terminate();
      resolve({ first, code });
    };
    webSocket.on("open", () => webSocket.send(message, { binary: false }));
    webSocket.on("message", (data: Buffer) => {
      if (first !== undefined) return;
      first = JSON.parse(data.toString());
      if ((first as { type?: unknown }).type === "subscribed") done(null);
    });
    webSocket.on("error", () => undefined);
    webSocket.on("close", (code) => done(code));
  });
}

test("a first message that does not fit the document ends the connection with a word on why, one that does is heard", async () => {
  const message = fitting.chain((value) => {
    const text = JSON.stringify(value);
    const texts = spoiltText(text).map((each) => each.map(({ body }) => body ?? ""));
    return fc.oneof(
      fc.constant<string | Uint8Array>(text),
      spoiltValue(value).map((each) => JSON.stringify(each) ?? ""),
      ...texts,
    );
  });
  await fc.assert(
    fc.asyncProperty(message, async (sent) => {
      const { first, code } = await heard(sent);
      const misfit = misfitOf(sent);
      if (first !== undefined) expect(document.misfit(told, first)).toBeNull();
      if (code === null) expect(misfit).toBeNull();
      else expect([1007, 1008, 1009]).toContain(code);
      if (code === 1008) expect(first).toMatchObject({ type: "error" });
      expect(changesBetween(before, world.state())).toEqual([]);
    }),
    { numRuns: rounds, seed },
  );
});

function misfitOf(sent: string | Uint8Array): string | null {
  try {
    return document.misfit(subscribing, JSON.parse(Buffer.from(sent as string).toString()));
  } catch (error) {
    return String(error);
  }
}
