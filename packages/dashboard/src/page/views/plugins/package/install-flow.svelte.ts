import { type Api, problemOf } from "../../../api/index.ts";
import { refusalOf } from "../grants/grant-flow.svelte.ts";
import { readPackage } from "./package-facts.ts";
import { NO_PACKAGE, step, type UploadEvent, type UploadState } from "./upload.ts";

/** Drives a package on its way in; reactive. */
export class InstallFlow {
  readonly #api: Pick<Api, "upload">;
  readonly #installed: () => void;
  #state = $state.raw<UploadState>(NO_PACKAGE);
  #file: File | null = null;

  /** `installed` hears once something has come in. */
  constructor(api: Pick<Api, "upload">, installed: () => void) {
    this.#api = api;
    this.#installed = installed;
  }

  get state(): UploadState {
    return this.#state;
  }

  async choose(file: File): Promise<void> {
    if (this.#state.name === "sending") return;
    this.#file = file;
    this.#happened({ type: "chosen", fileName: file.name });
    const read = await readPackage(file);
    // Another one was chosen meanwhile.
    if (this.#file !== file) return;
    this.#happened(read.ok ? { type: "read", facts: read.facts } : { type: "unreadable", why: read.why });
  }

  async send(acceptDowngrade: boolean): Promise<void> {
    const file = this.#file;
    if (this.#state.name !== "ready" || file === null) return;
    const { pluginId } = this.#state.facts;
    this.#happened({ type: "sent", acceptDowngrade });
    try {
      const given = { path: { id: pluginId }, query: acceptDowngrade ? { accept_downgrade: "true" } : {} };
      const report = await this.#api.upload("/plugins/{id}/install", file, given, (share) =>
        this.#happened({ type: "progressed", share }),
      );
      this.#happened({ type: "answered", report });
      this.#installed();
    } catch (error) {
      this.#happened({ type: "refused", refusal: refusalOf(problemOf(error)) });
    }
  }

  clear(): void {
    this.#file = null;
    this.#happened({ type: "cleared" });
  }

  #happened(event: UploadEvent): void {
    this.#state = step(this.#state, event);
  }
}
