import { getContext, setContext } from "svelte";
import type { Api } from "../api/index.ts";
import type { Toasts } from "../design/index.ts";
import type { Live } from "../live/index.ts";
import type { Asks } from "./asks.svelte.ts";
import type { Router } from "./router.svelte.ts";
import type { ThemeChoice } from "./theme.svelte.ts";

/** All that a view works with. */
export interface App {
  readonly api: Api;
  readonly live: Live;
  readonly router: Router;
  readonly toasts: Toasts;
  readonly asks: Asks;
  readonly theme: ThemeChoice;
}

const KEY = Symbol("app");

export function provideApp(app: App): void {
  setContext(KEY, app);
}

/** To be called while a component is set up. */
export function getApp(): App {
  return getContext<App>(KEY);
}
