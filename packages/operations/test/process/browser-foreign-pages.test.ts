import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { needs } from "../../../../scripts/needs.ts";
import { launchBrowser } from "./browser/launch.ts";
import { openNaive, TREASURE } from "./browser/naive.ts";
import { openStranger, places, type Place, type Stranger } from "./browser/places.ts";
import { type Watched, watchedCollector } from "./browser/watched.ts";

/** Only there a page may have a worker that answers for it; elsewhere that attempt asks nobody. */
const serviced: readonly Place[] = ["another port", "another name of this machine"];
/** Between them whatever a browser makes of where a page comes from; the others differ in name alone. */
const unlike: readonly Place[] = ["another port", "a file", "a name bound anew"];
/** All of these ask for whatever does harm, in one go. */
const doesHarm = /^(POST|form|beacon)/;

describe.runIf(needs("chromium"))("pages that somebody else wrote", () => {
  let watched: Watched;
  let browser: Browser;
  let stranger: Stranger;
  beforeAll(async () => {
    [browser, watched] = await Promise.all([launchBrowser(), watchedCollector()]);
    stranger = await openStranger(browser);
  });
  afterAll(async () => {
    await stranger.close();
    await Promise.all([browser.close(), watched.end()]);
  });

  test("every attempt reaches a server that lets it", { timeout: 120_000 }, async () => {
    const reached = async (place: Place) => {
      const naive = await openNaive();
      const visit = await stranger.visit(place, naive.port);
      const stolen: string[] = [];
      for (const attempt of visit.attempts) {
        naive.arrived.clear();
        if ((await visit.make(attempt, "no-token")).includes(TREASURE)) stolen.push(attempt);
        const awaited = doesHarm.test(attempt) ? visit.harmful : [""];
        const isReached = () => awaited.every((path) => [...naive.arrived].some((each) => each.includes(path)));
        if (attempt === "service worker" && !serviced.includes(place)) continue;
        await expect.poll(isReached, { message: `${attempt} from ${place}`, timeout: 10_000 }).toBe(true);
      }
      await visit.leave();
      naive.close();
      return stolen;
    };
    for (const stolen of await Promise.all(unlike.map(reached)))
      expect(stolen).toEqual(expect.arrayContaining(["fetch", "fetch with the token", "WebSocket", "worker", "PATCH"]));
  });

  test("here none of them reads or does anything, even with the owner's token", { timeout: 120_000 }, async () => {
    const { collector, token } = watched;
    const { http } = collector;
    const before = await watched.standing();
    const visited = async (place: Place) => {
      const visit = await stranger.visit(place, Number(new URL(http ?? "").port));
      const seen = new Map<string, string>();
      for (const attempt of visit.attempts) seen.set(attempt, await visit.make(attempt, token));
      await visit.leave();
      return [...seen].filter(([, told]) => !isRefused(place, told)).map(([attempt, told]) => [place, attempt, told]);
    };
    const over = new AbortController();
    const asOwner = askAgainAndAgain(`${http}/api/v1/status`, token, over.signal);
    expect((await Promise.all(places.map(visited))).flat()).toEqual([]);
    over.abort();
    expect(new Set(await asOwner)).toEqual(new Set([200]));
    expect(await watched.standing()).toEqual(before);
    expect(await stranger.context.cookies()).toEqual([]);
  });
});

/** What a page learns of an address that refuses it is that something failed. A name that leads here is an origin of its own:
 *  its pages may read that they are in the wrong place. */
function isRefused(place: Place, told: string): boolean {
  return told === "nothing" || (place === "a name bound anew" && told.includes('"code":"misdirected"'));
}

/** Somebody who uses the API meanwhile, and notices nothing. */
async function askAgainAndAgain(url: string, token: string, over: AbortSignal): Promise<number[]> {
  const answers: number[] = [];
  while (!over.aborted) {
    const { status } = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(5_000),
    });
    answers.push(status);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return answers;
}
