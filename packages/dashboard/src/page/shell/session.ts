import { type Api, ApiProblem } from "../api/index.ts";

const KEY = "mimolo.token";

/** The token that this browser holds; every tab has the same. */
export function heldToken(): string | null {
  return localStorage.getItem(KEY);
}

export function holdToken(token: string): void {
  localStorage.setItem(KEY, token);
}

export function forgetToken(): void {
  localStorage.removeItem(KEY);
}

/** Hears when another tab signs in or out. */
export function onOtherTab(changed: (token: string | null) => void): void {
  addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY || key === null) changed(newValue);
  });
}

/** The one-time code in the address, taken out of it at once: it must stand neither in the history nor in a bookmark. */
export function takeCode(): string | null {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (code === null) return null;
  history.replaceState(null, "", `${location.pathname}${location.search}#/today`);
  return code;
}

/** Hears of an address with a code that is opened where the page is open already: the browser loads nothing anew for it. */
export function onCode(found: (code: string) => void): void {
  addEventListener("hashchange", () => {
    const code = takeCode();
    if (code !== null) found(code);
  });
}

/** Trades the code for a token. Throws `ApiProblem` when it is spent. */
export async function trade(api: Api, code: string): Promise<void> {
  const { token } = await api.post("/login", { body: { code } });
  holdToken(token);
}

/** Forgets the token at once, and has the collector end it. A sentence where the collector did not, `null` where it did. */
export async function endSession(api: Pick<Api, "post">): Promise<string | null> {
  // This asks with the token still: the next line comes before any answer.
  const ended = api.post("/logout", { body: {} });
  forgetToken();
  try {
    await ended;
    return null;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    // One that it does not know is good no more.
    if (error.status === 401) return null;
    return "You are signed out here, but the collector did not answer: it takes this browser's key until it is ended by mimolo open --sign-out-others.";
  }
}
