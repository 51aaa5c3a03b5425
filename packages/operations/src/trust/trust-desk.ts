import type {
  AllowReport,
  AuditEntry,
  GrantReport,
  HeldGrants,
  InstallReport,
  KeyReport,
  NewKeyReport,
  RemoveReport,
} from "@mimolo/protocol";
import type { CarriedConsent } from "../edit/config-editor.ts";
import type { TimeWindow } from "../reading/window.ts";

/** Who asks, as the audit log names it: `cli`, `api`, `embedder`. */
export interface Asked {
  readonly by: string;
}

export interface NewKeyRequest extends Asked {
  readonly label?: string | undefined;
  /** Globs of plugin ids; default `local.*`. */
  readonly scope?: readonly string[] | undefined;
}

export interface TrustKeyRequest extends NewKeyRequest {
  /** Line 2 of minisign's `.pub`, or the whole file. */
  readonly publicKey: string;
  /** How it came to be trusted; default `pinned`. */
  readonly source?: "pinned" | "first-use" | undefined;
}

export interface RevokeKeyRequest extends Asked {
  readonly keyId: string;
  readonly why?: string | undefined;
}

export interface AllowRequest extends Asked {
  /** Absolute: a script, a configuration file, or a folder with one. */
  readonly path: string;
  readonly grants?: readonly string[] | undefined;
}

/** An edit of a configuration by MiMoLo itself. */
export interface CarryRequest extends Asked, CarriedConsent {}

export interface InstallRequest extends Asked {
  /** Absolute: a package file, or a folder of the same shape. */
  readonly path: string;
  /** Refuses a package of another id. */
  readonly pluginId?: string | undefined;
  /** What is consented to; `"all"`: whatever it asks for. */
  readonly grants?: readonly string[] | "all" | undefined;
  /** Lets a plugin that was not here before come in without consent to all it asks for; it stays blocked until somebody
   *  grants the rest. An update that asks for more is refused all the same: the old version goes on. */
  readonly mayWait?: boolean | undefined;
  readonly acceptDowngrade?: boolean | undefined;
  /** Plugins that are replaced right after this one: what they want of it now does not count. */
  readonly alongside?: readonly string[] | undefined;
}

export interface GrantRequest extends Asked {
  /** A plugin's id, or the path of an allowed script. */
  readonly pluginId: string;
  readonly capabilities: readonly string[];
}

export interface AuditFilter extends TimeWindow {
  /** Only entries above this number. */
  readonly seqAfter?: number | undefined;
}

/** Where trust is changed: one change at a time, each written before anything relies on it, and on record. All throw
 *  `CollectorError`; then nothing has changed. */
export interface TrustDesk {
  keys(): KeyReport[];
  newKey(request: NewKeyRequest): Promise<NewKeyReport>;
  trustKey(request: TrustKeyRequest): Promise<KeyReport>;
  revokeKey(request: RevokeKeyRequest): Promise<KeyReport>;
  /** Allows exactly the bytes that lie there now. */
  allow(request: AllowRequest): Promise<AllowReport>;
  /** Whoever allowed the bytes before an edit of ours allows those after it; whether somebody had. Nothing that runs is
   *  judged anew by it. */
  carryConsent(request: CarryRequest): Promise<boolean>;
  /** Refuses with `refused-by-trust` what is not trusted, with `needs-consent` what asks for more than it was given, with
   *  `dependency` what others could not run with. A version that takes another's place where that one runs is tried first: with
   *  `rolled-back` the old one runs again and is what is installed. */
  install(request: InstallRequest): Promise<InstallReport>;
  /** A new file name for a package that is being sent; the next start clears what is left there. */
  uploadPlace(): string;
  /** Refuses with `dependency` what others need. */
  remove(request: Asked & { readonly pluginId: string }): Promise<RemoveReport>;
  grant(request: GrantRequest): Promise<HeldGrants>;
  /** Without capabilities: all that it holds. */
  revoke(request: GrantRequest): Promise<HeldGrants>;
  grants(): GrantReport[];
  /** Oldest first; what was noted up to now is among it. */
  audit(filter?: AuditFilter): AsyncIterable<AuditEntry>;
}
