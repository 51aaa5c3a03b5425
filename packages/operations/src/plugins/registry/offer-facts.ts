import type { PluginManifest } from "@mimolo/protocol";
import { incompatibility } from "@mimolo/trust";
import { type Offer, readOffer } from "@mimolo/trust/registry";
import { pythonFor } from "../../trust/python-here.ts";
import { version } from "../../version.ts";

/** What an offered package is, once it was opened. */
export type OfferFacts =
  | { readonly ok: true; readonly path: string; readonly manifest: PluginManifest }
  /** `damaged`: it is not what the index says, or breaks the rules; else it does not fit this machine. `reason` is the rest of a sentence
   *  after its name. */
  | { readonly ok: false; readonly damaged: boolean; readonly reason: string; readonly cause?: unknown };

/** Looks into offered packages, into each once. */
export class OfferLook {
  readonly #seen = new Map<Offer, Promise<OfferFacts>>();

  /** How many were opened. */
  get count(): number {
    return this.#seen.size;
  }

  at(offer: Offer): Promise<OfferFacts> {
    let facts = this.#seen.get(offer);
    if (facts === undefined) this.#seen.set(offer, (facts = factsOf(offer)));
    return facts;
  }
}

async function factsOf(offer: Offer): Promise<OfferFacts> {
  try {
    const { path, manifest } = await readOffer(offer);
    if (manifest === null) {
      return { ok: false, damaged: false, reason: "has a manifest that this version of MiMoLo cannot read" };
    }
    const python = pythonFor(manifest);
    const { platform, versions } = process;
    const misfit = incompatibility(manifest, { version, platform, node: versions.node, python });
    return misfit === null ? { ok: true, path, manifest } : { ok: false, damaged: false, reason: misfit };
  } catch (cause) {
    return { ok: false, damaged: true, reason: (cause as Error).message, cause };
  }
}
