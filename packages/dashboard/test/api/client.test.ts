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
