import { expect, test } from "vitest";
import { createApi } from "../../src/page/api/client.ts";

/** An API that refuses everything, and what the page made of that. */
function refused() {
  const seen = { signedOut: 0, tokens: [] as (string | null)[] };
  const api = createApi({
    token: () => "held",
    signedOut: () => (seen.signedOut += 1),
    fetch: async (_, init) => {
      seen.tokens.push(new Headers(init?.headers).get("authorization"));
      return new Response(null, { status: 401 });
    },
  });
  return { api, seen };
}

test("a code that is not good signs nobody out: any page could lead here with one", async () => {
  const { api, seen } = refused();
  await expect(api.post("/login", { body: { code: "spent" } })).rejects.toThrow();
  expect(seen).toEqual({ signedOut: 0, tokens: [null] });
});

test("a token that is good no more does", async () => {
  const { api, seen } = refused();
  await expect(api.get("/status")).rejects.toThrow();
  expect(seen).toEqual({ signedOut: 1, tokens: ["Bearer held"] });
});

test("of bytes that are too many no more is fetched than how many they are", async () => {
  let sent = 0;
  let isCancelled = false;
  const api = createApi({
    token: () => "held",
    signedOut: () => undefined,
    fetch: async (address) => {
      const length = typeof address === "string" && address.endsWith("large") ? 33_000_000 : 3;
      const bytes = new ReadableStream({
        pull(controller) {
          controller.enqueue(new Uint8Array(3));
          if ((sent += 3) >= length) controller.close();
        },
        cancel: () => void (isCancelled = true),
      });
      return new Response(bytes, { headers: { "content-length": String(length) } });
    },
  });
  const path = (token: string) => ({ path: { token } });
  expect((await api.smallBlob("/artifacts/content/{token}", path("small"), 8_000))?.size).toBe(3);
  expect(isCancelled).toBe(false);
  expect(await api.smallBlob("/artifacts/content/{token}", path("large"), 8_000)).toBeNull();
  expect(isCancelled).toBe(true);
  expect(sent).toBeLessThan(100);
});
