import type { Artifact, ArtifactList as ArtifactPage } from "@mimolo/protocol";
import { type Api, ApiProblem } from "../../api/index.ts";
import type { ArtifactFilter } from "./asked.ts";

const PAGE = 100;
const MOST = 1_000;

/** The artifacts that a filter asks for, newest first, page by page. */
export class ArtifactList {
  readonly #api: Api;
  #filter: ArtifactFilter = {};
  #reading = 0;
  #cursor: string | null = null;
  #items = $state.raw<readonly Artifact[] | null>(null);
  #totals = $state.raw<ArtifactPage["totals"] | null>(null);
  #hasMore = $state(false);
  #problem = $state.raw<ApiProblem | null>(null);

  constructor(api: Api) {
    this.#api = api;
  }

  /** `null` before the first answer. */
  get items(): readonly Artifact[] | null {
    return this.#items;
  }

  get totals(): ArtifactPage["totals"] | null {
    return this.#totals;
  }

  get hasMore(): boolean {
    return this.#hasMore;
  }

  get problem(): ApiProblem | null {
    return this.#problem;
  }

  async read(filter: ArtifactFilter): Promise<void> {
    this.#filter = filter;
    await this.#get(PAGE);
  }

  /** As many as are there, anew. */
  async again(): Promise<void> {
    await this.#get(Math.min(MOST, Math.max(PAGE, this.#items?.length ?? 0)));
  }

  async more(): Promise<void> {
    if (this.#cursor === null) return;
    const reading = this.#reading;
    const query = { ...this.#filter, cursor: this.#cursor, limit: PAGE };
    const page = await this.#api.get("/artifacts", { query });
    if (reading === this.#reading) this.#show([...(this.#items ?? []), ...page.items], page);
  }

  async #get(limit: number): Promise<void> {
    const reading = ++this.#reading;
    try {
      const page = await this.#api.get("/artifacts", { query: { ...this.#filter, limit } });
      if (reading === this.#reading) this.#show(page.items, page);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (reading === this.#reading) this.#problem = error;
    }
  }

  #show(items: readonly Artifact[], { totals, next_cursor: cursor }: ArtifactPage): void {
    this.#items = items;
    this.#totals = totals;
    this.#cursor = cursor;
    this.#hasMore = cursor !== null;
    this.#problem = null;
  }
}
