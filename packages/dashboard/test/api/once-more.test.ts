import { expect, test } from "vitest";
import { ApiProblem, createApi, onceMore } from "../../src/page/api/index.ts";

/** An API that is busy a few times, and how long it was waited for in between. */
function busy(times: number, status = 429) {
  const seen = { asked: 0, waited: [] as number[] };
  const api = createApi({
    token: () => "held",
    signedOut: () => undefined,
    fetch: async () => {
      seen.asked += 1;
      if (seen.asked > times) return Response.json({ records: 3 });
      return Response.json({ code: "too-many-requests", status }, { status, headers: { "retry-after": "2" } });
    },
  });
  const ask = (isWanted = () => true) =>
    onceMore(() => api.post("/privacy/preview", { body: { rules: [] } }), {
      isWanted,
      wait: async (ms) => void seen.waited.push(ms),
    });
  return { seen, ask };
}

test("who is busy is asked once more, as late as it says", async () => {
  const { seen, ask } = busy(1);
  expect(await ask()).toEqual({ records: 3 });
  expect(seen).toEqual({ asked: 2, waited: [2_000] });
});

test("who is busy still is left alone", async () => {
  const { seen, ask } = busy(2);
  await expect(ask()).rejects.toThrow(ApiProblem);
  expect(seen.asked).toBe(2);
});

test("nobody is asked again for what is not wanted any more, or for another refusal", async () => {
  const unwanted = busy(1);
  await expect(unwanted.ask(() => false)).rejects.toThrow(ApiProblem);
  const refused = busy(1, 400);
  await expect(refused.ask()).rejects.toThrow(ApiProblem);
  expect([unwanted.seen.asked, refused.seen]).toEqual([1, { asked: 1, waited: [] }]);
});
