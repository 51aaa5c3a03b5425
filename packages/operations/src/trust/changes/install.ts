import { dirname } from "node:path";
import type { InstallReport, PluginManifest } from "@mimolo/protocol";
import { type AllowEntry, type Judgement, judgePackage, shellWord, type TrustData, withAllow } from "@mimolo/trust";
import { type FilesCheck, type OpenPackage, openPackage } from "@mimolo/trust/package";
import { CollectorError } from "../../error.ts";
import { checkAskedFor, type Consent, consentOf, requestedBy } from "../consent.ts";
import { ofPackage } from "../of-package.ts";
import { pythonFor } from "../python-here.ts";
import { unmark } from "../intents.ts";
import { giveUp, takePlace } from "../settle-store.ts";
import { bringIn, isIntact } from "../staging.ts";
import { readStore, storeFolder } from "../store.ts";
import { packageEntry, type Replacement } from "../trial.ts";
import type { InstallRequest } from "../trust-desk.ts";
import { type Around, type Change, timeText } from "./change.ts";
import { brokenBy } from "./dependents.ts";
import { breaksDependents, needsConsent, refusedByTrust } from "./refusals.ts";

/** A package in the store: the change that allows it, and whose place it takes. */
export interface Incoming {
  readonly change: Change<InstallReport>;
  /** Null for a first installation, and for one of the very bytes that are allowed already. */
  readonly replacement: Replacement | null;
}

/** Brings a package into the store: judged, consented to, and there as a whole before it is allowed. */
export async function bringInPackage(data: TrustData, request: InstallRequest, around: Around): Promise<Incoming> {
  const opened = await opening(request.path);
  try {
    return await new Installing(data, request, around, opened).run();
  } finally {
    opened.close();
  }
}

class Installing {
  readonly #data: TrustData;
  readonly #request: InstallRequest;
  readonly #around: Around;
  readonly #opened: OpenPackage;

  constructor(data: TrustData, request: InstallRequest, around: Around, opened: OpenPackage) {
    this.#data = data;
    this.#request = request;
    this.#around = around;
    this.#opened = opened;
  }

  async run(): Promise<Incoming> {
    const signed = this.#judged({ ok: true });
    const { manifest } = this.#opened;
    if (manifest === null) throw this.#denied(signed, refusedByTrust(signed));
    const { id, version } = manifest;
    if (this.#request.pluginId !== undefined && this.#request.pluginId !== id) {
      throw new CollectorError("bad-package", `this is ${id}, not ${this.#request.pluginId}`, "name the other id", {
        reason: "other-plugin",
      });
    }
    const { digest, keyId } = signed;
    const { directory } = this.#around;
    const entry = packageEntry(this.#data, id);
    const consent = this.#consent(manifest, digest, entry);
    this.#checkDependents(manifest, signed, entry);
    const folder = storeFolder(directory, id, version, digest);
    const isAllowed = entry?.digest === digest;
    const isHere = isAllowed && isIntact(folder, manifest);
    if (!isHere) await this.#bringIn({ folder, allowed: isAllowed });
    const isSame = isHere && sameNames(entry.grants, consent.granted);
    const allowed: AllowEntry = {
      kind: "package",
      digest,
      grants: consent.granted,
      at: timeText(this.#around.nowMs),
      by: this.#around.by,
      plugin_id: id,
      version,
      ...(keyId === null ? {} : { key_id: keyId }),
    };
    const isNew = !isHere && !isAllowed;
    const change: Change<InstallReport> = {
      data: isSame ? null : withAllow(this.#data, allowed),
      notes: isSame ? [] : this.#notes(manifest, signed, consent, entry),
      narrows: false,
      report: {
        plugin_id: id,
        version,
        digest,
        key_id: keyId,
        verdict: signed.verdict,
        path: folder,
        granted: [...consent.granted],
        not_granted: [...consent.notGranted],
        replaced: entry?.version ?? null,
        changed: !isSame,
      },
      clear: () => isNew && takePlace(directory, id, folder),
      undo: () => isNew && giveUp(directory, id, folder) && unmark(folder),
    };
    const isInstead = isNew && entry !== undefined;
    return {
      change,
      replacement: isInstead ? { pluginId: id, from: entry, to: allowed, folder, manifest } : null,
    };
  }

  /** Throws unless it is trusted, given what is known of its files. */
  #judged(files: FilesCheck): Judgement {
    const { manifestBytes, signatureText, manifest } = this.#opened;
    const judgement = judgePackage({ manifestBytes, signatureText, manifest, files }, this.#data, {
      version: this.#around.version,
      platform: this.#around.platform,
      node: process.versions.node,
      python: pythonFor(manifest),
      nowMs: this.#around.nowMs,
      stage: "install",
      acceptDowngrade: this.#request.acceptDowngrade === true,
    });
    if (judgement.verdict === "trusted") return judgement;
    throw this.#denied(judgement, refusedByTrust(judgement, this.#opened.manifestProblem));
  }

  #consent(manifest: PluginManifest, digest: string, entry: AllowEntry | undefined): Consent {
    const { id, version } = manifest;
    const { grants: given = [] } = this.#request;
    if (given !== "all") checkAskedFor(id, requestedBy(manifest), given);
    const installed = readStore(this.#around.directory, this.#data).installed.find(({ pluginId }) => pluginId === id);
    // A damaged copy of this very package tells nothing, but what it asked for is what this one does.
    const before = entry?.digest === digest ? manifest : installed?.manifest;
    const consent = consentOf({
      asks: manifest,
      before: before === undefined ? null : { ...before, held: entry?.grants ?? [] },
      given,
      autoGrantLow: this.#around.autoGrantLow(),
    });
    const { waiting, notGranted } = consent;
    if (waiting.length === 0) return consent;
    if (this.#request.mayWait === true && before === undefined)
      return { ...consent, waiting: [], notGranted: [...waiting, ...notGranted] };
    this.#around.audit.note("deny", `${id} ${version}`, this.#around.by, {
      verdict: "needs-consent",
      capabilities: waiting,
    });
    // What was sent has no name that its sender knows.
    const isSent = dirname(this.#request.path) === this.#around.directory.staging;
    const place = isSent ? "FILE" : shellWord(this.#request.path);
    const asked = { waiting, given: given === "all" ? [] : given };
    throw needsConsent(manifest, asked, installed?.version ?? null, place);
  }

  #checkDependents({ id, version }: PluginManifest, signed: Judgement, entry: AllowEntry | undefined): void {
    const { alongside = [] } = this.#request;
    const replacement = { id, from: entry?.version, to: version };
    const broken = brokenBy(replacement, alongside, this.#data, this.#around.directory);
    if (broken === null) return;
    const refused = breaksDependents(broken, entry?.version ?? "");
    throw this.#denied({ ...signed, reason: broken }, refused, "dependency");
  }

  async #bringIn(place: { folder: string; allowed: boolean }): Promise<void> {
    const files = await bringIn(this.#opened, this.#around.directory, place).catch((error: unknown) => {
      throw ofPackage(error);
    });
    this.#judged(files);
  }

  #notes(
    { id, version }: PluginManifest,
    { digest, keyId }: Judgement,
    consent: Consent,
    entry: AllowEntry | undefined,
  ) {
    const about = { version, digest, key_id: keyId, granted: consent.granted, replaced: entry?.version ?? null };
    const { grants: given = [] } = this.#request;
    const consented = given === "all" ? consent.granted : given;
    const approval = { action: "approve" as const, subject: id, detail: { version, capabilities: [...consented] } };
    return [...(consented.length === 0 ? [] : [approval]), { action: "install" as const, subject: id, detail: about }];
  }

  #denied(
    { verdict: judged, digest, keyId }: Judgement,
    error: CollectorError,
    verdict: string = judged,
  ): CollectorError {
    const { manifest } = this.#opened;
    const subject = manifest === null ? this.#request.path : `${manifest.id} ${manifest.version}`;
    this.#around.audit.note("deny", subject, this.#around.by, { verdict, digest, key_id: keyId });
    return error;
  }
}

async function opening(path: string): Promise<OpenPackage> {
  try {
    return await openPackage(path);
  } catch (error) {
    throw ofPackage(error);
  }
}

function sameNames(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name) => others.includes(name));
}
