import { beforeEach, expect, test, vi } from "vitest";
import { createApi } from "../../src/page/api/index.ts";
import { endSession, heldToken, holdToken } from "../../src/page/shell/session.ts";

const signedOut = vi.fn();

/** Signs out of a collector that answers so; what it was asked, and what is held while it thinks. */
async function signOut(answer: () => Promise<Response>) {
  const asked: { readonly token: string | null; readonly held: string | null }[] = [];
  const api = createApi({
    token: heldToken,
    signedOut,
    fetch: async (_, init) => {
      await Promise.resolve();
      asked.push({ token: new Headers(init?.headers).get("authorization"), held: heldToken() });
      return await answer();
    },
  });
  return { said: await endSession(api), asked };
}

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  signedOut.mockClear();
  holdToken("t");
});

test("the token ends with the collector, and is forgotten before it answers", async () => {
  const { said, asked } = await signOut(async () => Response.json({ ended: 1 }));
  expect(said).toBeNull();
  expect(asked).toEqual([{ token: "Bearer t", held: null }]);
  expect(heldToken()).toBeNull();
});

test("where nobody answers, or not well, it is forgotten all the same, and what ends it is said", async () => {
  for (const answer of [
    () => Promise.reject(new TypeError("Failed to fetch")),
    async () => Response.json({ code: "internal", title: "", status: 500, type: "" }, { status: 500 }),
  ]) {
    holdToken("t");
    const { said } = await signOut(answer);
    expect(said).toContain("mimolo open --sign-out-others");
    expect(heldToken()).toBeNull();
  }
});

test("a token that the collector does not know needs no word", async () => {
  const problem = { code: "unauthorized", title: "", status: 401, type: "" };
  const { said } = await signOut(async () => Response.json(problem, { status: 401 }));
  expect([said, heldToken(), signedOut.mock.calls]).toEqual([null, null, []]);
});
