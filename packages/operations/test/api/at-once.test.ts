import { expect, test } from "vitest";
import { AtOnce } from "../../src/api/at-once.ts";
import { Refusal } from "../../src/api/guard/refusal.ts";

function later<Result>() {
  let resolve: (result: Result) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Result>((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
}

test("as many as may be are under way; one more is told when to come again, and there is room when one ends, however it ends", async () => {
  const atOnce = new AtOnce(2, { what: "previews", retryAfterS: 1 });
  const first = later<string>();
  const second = later<string>();
  const taken = [atOnce.take(() => first.promise), atOnce.take(() => second.promise)];
  const refusal: unknown = await atOnce.take(() => Promise.resolve("third")).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({
    code: "too-many-requests",
    message: "2 previews are under way",
    reason: "busy",
    headers: { "retry-after": "1" },
  });
  second.reject(new Error("the disk"));
  await expect(taken[1]).rejects.toThrow("the disk");
  expect(await atOnce.take(() => Promise.resolve("fourth"))).toBe("fourth");
  first.resolve("first");
  expect(await taken[0]).toBe("first");
});
