import type { IncomingMessage, ServerResponse } from "node:http";
import { refuse } from "../listeners/refuse.ts";
import type { Api } from "../route.ts";

/** The API, made for the first request that gets as far: loading it is most of what it costs, a collector that starts has other
 *  things to do, and many are never asked anything. */
export class ApiOnDemand {
  readonly #make: () => Promise<Api>;
  #making: Promise<Api> | null = null;
  #made: Api | null = null;

  constructor(make: () => Promise<Api>) {
    this.#make = make;
  }

  /** Answers the request; the first ones wait until somebody is there to do it. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    // By now Node knows that the answer has no body.
    if (request.method === "HEAD") request.method = "GET";
    if (this.#made !== null) return this.#made.routing(request, response);
    this.#ready().then(
      (api) => api.routing(request, response),
      (error: unknown) => refuse(response, error),
    );
  }

  async close(): Promise<void> {
    await (await this.#making?.catch(() => null))?.close();
  }

  #ready(): Promise<Api> {
    this.#making ??= this.#make().then(async (api) => {
      await api.ready();
      this.#made = api;
      return api;
    });
    return this.#making;
  }
}
