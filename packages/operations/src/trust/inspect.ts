import { CAPABILITIES, type PluginManifest, type Verdict } from "@mimolo/protocol";
import { probeSandbox } from "@mimolo/supervisor";
import { judgePackage } from "@mimolo/trust";
import { openPackage } from "@mimolo/trust/package";
import { dataDirectory } from "../data-directory.ts";
import { version } from "../version.ts";
import { consentOf, isCapability, requestedBy } from "./consent.ts";
import { readToChange } from "./decisions.ts";
import { ofPackage } from "./of-package.ts";
import { pythonFor } from "./python-here.ts";
import { readStore } from "./store.ts";

export interface InspectOptions {
  /** `[trust] auto_grant_low`; default true. */
  readonly autoGrantLow?: boolean;
  readonly acceptDowngrade?: boolean;
  readonly nowMs?: number;
}

/** What a package is and what it would want, before anything is done with it. */
export interface Inspection {
  /** Whether it could be installed. */
  readonly verdict: Verdict;
  /** One sentence for people; empty when trusted. */
  readonly reason: string;
  /** SHA-256 of the manifest, hex. */
  readonly digest: string;
  readonly keyId: string | null;
  /** Null when this version of MiMoLo cannot read it; `manifestProblem` then says why. */
  readonly manifest: PluginManifest | null;
  readonly manifestProblem: string | null;
  /** Capabilities, then permissions. */
  readonly requested: readonly string[];
  /** What it gets without asking: of low risk, or held by the version now installed. */
  readonly granted: readonly string[];
  /** Capabilities that somebody has to consent to before it comes in. */
  readonly wantsConsent: readonly string[];
  /** The rest of what it asks for: it comes in without, and its requests are refused. */
  readonly notGranted: readonly string[];
  /** The key that signed it, if it is trusted for anything. */
  readonly signedBy: { readonly label: string; readonly scope: readonly string[] } | null;
  /** What to say about high-risk capabilities where nothing would hold the plugin to them; null where a sandbox does, and
   *  for a plugin that asks for none. */
  readonly unconfined: string | null;
  /** The version now installed; null without one. */
  readonly installed: string | null;
}

/** Looks at a package file or folder; nothing is written. Throws `CollectorError` `bad-package` for what breaks the rules of
 *  packages, `trust-unreadable` for a damaged `trust.json`. */
export async function inspect(root: string, path: string, options: InspectOptions = {}): Promise<Inspection> {
  const { autoGrantLow = true, acceptDowngrade = false, nowMs = Date.now() } = options;
  const directory = dataDirectory(root);
  const trust = readToChange(directory);
  try {
    const opened = await openPackage(path);
    try {
      const { manifestBytes, signatureText, manifest, manifestProblem } = opened;
      const files = await opened.check();
      const { verdict, reason, digest, keyId } = judgePackage(
        { manifestBytes, signatureText, manifest, files },
        trust,
        {
          version,
          platform: process.platform,
          node: process.versions.node,
          python: pythonFor(manifest),
          nowMs,
          stage: "verify",
          acceptDowngrade,
        },
      );
      const entry = trust.allow.find(({ plugin_id }) => plugin_id === manifest?.id);
      const known = readStore(directory, trust).installed.find(({ pluginId }) => pluginId === manifest?.id);
      const before = entry?.digest === digest ? manifest : (known?.manifest ?? null);
      const asks = manifest ?? { capabilities: [], permissions: [] };
      const consent = consentOf({
        asks,
        before: before === null ? null : { ...before, held: entry?.grants ?? [] },
        given: [],
        autoGrantLow,
      });
      const requested = requestedBy(asks);
      return {
        verdict,
        reason: verdict === "incompatible" && manifestProblem !== null ? `${reason} (${manifestProblem})` : reason,
        digest,
        keyId,
        manifest,
        manifestProblem,
        requested,
        granted: consent.granted,
        wantsConsent: consent.waiting,
        notGranted: consent.notGranted,
        signedBy: trust.keys.find(({ key_id }) => key_id === keyId) ?? null,
        unconfined: unconfinedHere(requested),
        installed: entry?.version ?? null,
      };
    } finally {
      opened.close();
    }
  } catch (error) {
    throw ofPackage(error);
  }
}

function unconfinedHere(requested: readonly string[]): string | null {
  if (!requested.some((name) => isCapability(name) && CAPABILITIES[name].risk === "high")) return null;
  const { bubblewrap, why } = probeSandbox();
  return bubblewrap === null
    ? `It runs unconfined here: ${why}. What it may touch is declared, and held by nothing.`
    : null;
}
