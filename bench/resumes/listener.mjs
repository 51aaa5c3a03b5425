// Somebody who listens to the collector's events, and goes on where they were whenever the connection is gone.
import { createHash } from "node:crypto";
import { WebSocket } from "ws";
import { beginPicture } from "./picture.mjs";

const AGAIN_MS = 50;

/**
 * How somebody listens: `leaves` hangs up now and then without a word, `dawdles` reads nothing for a while now and then,
 * `forgets` begins anew each time, `never reads` is only in the others' way.
 * @typedef {"stays" | "leaves" | "dawdles" | "forgets" | "never reads"} Manner
 * @param {object} options
 * @param {string} options.name
 * @param {() => {url: string, token?: string} | null} options.reach where the collector can be reached now
 * @param {readonly string[]} options.subscribe @param {Manner} options.manner
 * @param {import("../faults/random.mjs").Random} options.random
 */
export function listen({ name, reach, subscribe, manner, random }) {
  const records = /** @type {Map<number, string>} */ (new Map());
  const picture = beginPicture();
  const seen = {
    doubled: 0,
    backwards: 0,
    resumes: 0,
    shed: 0,
    events: 0,
    closed: /** @type {Record<string, number>} */ ({}),
    complaints: /** @type {string[]} */ ([]),
  };
  let socket = /** @type {any} */ (null);
  /** The number to come back with: until a replay is over, the one it was asked for with. */
  let place = 0;
  /** The highest that came over this connection. */
  let highest = 0;
  let isReplayed = false;
  let ended = false;
  let timers = /** @type {NodeJS.Timeout[]} */ ([]);
  connect();

  return {
    name,
    subscribe,
    manner,
    records,
    picture,
    seen,
    /** Nobody hangs up or dawdles from now on. */
    calmDown() {
      manner = manner === "never reads" ? manner : "stays";
      for (const timer of timers) clearTimeout(timer);
      socket?.resume();
    },
    end() {
      ended = true;
      for (const timer of timers) clearTimeout(timer);
      socket?.terminate();
    },
  };

  function connect() {
    if (ended) return;
    const at = reach();
    if (at === null) return void setTimeout(connect, AGAIN_MS);
    const opened = new WebSocket(at.url);
    socket = opened;
    opened.on("open", () => {
      seen.resumes += 1;
      picture.resuming();
      highest = place;
      isReplayed = manner === "forgets" && seen.resumes > 1;
      const resume = isReplayed ? {} : { resume: place };
      opened.send(JSON.stringify({ token: at.token, subscribe, ...resume }));
      if (manner === "never reads") opened.pause();
      if (manner === "leaves") timers = [setTimeout(() => opened.terminate(), leavesAfterMs())];
      if (manner === "dawdles") dawdle(opened);
    });
    let isGone = false;
    opened.on("message", (data) => {
      if (isGone) return;
      const event = JSON.parse(data.toString());
      heard(event);
      // Between a record and what it made of a segment, too.
      isGone = manner === "leaves" && event.type === "evidence:committed" && random.next() < 0.02;
      if (isGone) opened.terminate();
    });
    opened.on("error", () => undefined);
    opened.on("close", (code, reason) => {
      const why = reason.length > 0 ? `${code} ${reason.toString()}` : String(code);
      seen.closed[why] = (seen.closed[why] ?? 0) + 1;
      setTimeout(connect, AGAIN_MS);
    });
  }

  /** Now and then before it was told what it missed. */
  function leavesAfterMs() {
    return random.next() < 0.4 ? random.between(1, 60) : random.between(200, 2_500);
  }

  /** @param {any} opened */
  function dawdle(opened) {
    timers = [
      setTimeout(() => opened.pause(), random.between(100, 1_000)),
      setTimeout(
        () => {
          opened.resume();
          dawdle(opened);
        },
        random.between(1_500, 4_000),
      ),
    ];
  }

  /** @param {any} event */
  function heard(event) {
    seen.events += 1;
    if (event.type === "evidence:committed") {
      // What came before a replay broke off comes again with the next; nothing else does.
      if (event.seq <= place) seen.doubled += 1;
      if (event.seq <= highest) seen.backwards += 1;
      records.set(event.seq, digestOf(event.record));
    } else if (event.type === "resumed") {
      isReplayed = true;
      highest = Math.max(highest, event.through);
      picture.resumed(event.segments_from);
    } else if (event.type.startsWith("segment:")) picture.heard(event);
    else if (event.type === "shed") seen.shed += 1;
    else if (event.type === "error") seen.complaints.push(`${event.code}: ${event.detail}`);
    if (event.seq > highest) highest = event.seq;
    if (isReplayed) place = highest;
  }
}

/** @typedef {ReturnType<typeof listen>} Listener */

/** @param {object} record */
export function digestOf(record) {
  return createHash("sha256").update(JSON.stringify(record)).digest("base64");
}
