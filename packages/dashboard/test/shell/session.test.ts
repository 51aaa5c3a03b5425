import { beforeEach, expect, test, vi } from "vitest";
import { createApi } from "../../src/page/api/index.ts";
import { endSession, heldToken, holdToken, onCode, onOtherTab, takeCode } from "../../src/page/shell/session.ts";

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

/** The address line of a browser, and what listens to it. */
function address(hash: string) {
  const listeners = new Map<string, (event: object) => void>();
  const location = { hash, pathname: "/", search: "" };
  vi.stubGlobal("addEventListener", (name: string, listener: (event: object) => void) => listeners.set(name, listener));
  vi.stubGlobal("location", location);
  vi.stubGlobal("history", {
    replaceState: (_: unknown, __: string, to: string) => (location.hash = to.slice(to.indexOf("#"))),
  });
  return { location, happens: (name: string, event: object = {}) => listeners.get(name)?.(event) };
}

test("a code is taken once, and out of the address; any other address stays as it is", () => {
  const { location, happens } = address("#code=abc");
  expect([takeCode(), location.hash, takeCode()]).toEqual(["abc", "#/today", null]);
  const found: string[] = [];
  onCode((code) => found.push(code));
  location.hash = "#/agents";
  happens("hashchange");
  expect([location.hash, found]).toEqual(["#/agents", []]);
  location.hash = "#code=def";
  happens("hashchange");
  expect([location.hash, found]).toEqual(["#/today", ["def"]]);
});

test("another tab that signs in or out is heard, also one that empties the whole storage, and nothing else is", () => {
  const { happens } = address("");
  const heard: (string | null)[] = [];
  onOtherTab((token) => heard.push(token));
  happens("storage", { key: "theme", newValue: "dark" });
  happens("storage", { key: "mimolo.token", newValue: "t" });
  happens("storage", { key: "mimolo.token", newValue: null });
  happens("storage", { key: null, newValue: null });
  expect(heard).toEqual(["t", null, null]);
});
