import { linkTo, type Route, routeOf, type View } from "./route.ts";

/** Where the reader is; reactive. */
export class Router {
  #route = $state.raw<Route>(routeOf(location.hash));

  constructor() {
    addEventListener("hashchange", () => (this.#route = routeOf(location.hash)));
  }

  get route(): Route {
    return this.#route;
  }

  go(view: View, item?: string | null, query?: Readonly<Record<string, string | undefined>>): void {
    location.hash = linkTo(view, item, query);
  }

  /** Changes the query of this view in its place: no new entry in the history. */
  refine(query: Readonly<Record<string, string | undefined>>): void {
    const { view, item } = this.#route;
    history.replaceState(null, "", linkTo(view, item, query));
    this.#route = routeOf(location.hash);
  }
}
