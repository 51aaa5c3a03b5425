import type { PluginManifest } from "@mimolo/protocol";
import type { AllowEntry, Judgement } from "@mimolo/trust";
import { CollectorError } from "../../error.ts";

const hints: Partial<Record<Judgement["verdict"], string>> = {
  unsigned: "its author signs it with: mimolo plugin sign FILE",
  "unknown-key": "have the author's public key by another way, then: mimolo key trust FILE --scope 'ID.*'",
  "bad-signature": "have the package anew from its author",
  revoked: "mimolo key list shows when and why",
  "out-of-scope": "mimolo key list shows what each key may vouch for",
  downgrade: "if you mean it: --accept-downgrade",
};

/** A package that is not trusted, in the words of its verdict. */
export function refusedByTrust({ verdict, reason }: Judgement, more: string | null = null): CollectorError {
  const message = more === null ? reason : `${reason} (${more})`;
  const hint = hints[verdict] ?? "mimolo plugin verify FILE says what it is";
  return new CollectorError("refused-by-trust", `${verdict}: ${message}`, hint, { reason: verdict });
}

/** A package that asks for what nobody consented to. `place` is what to call it in a command. */
export function needsConsent(
  { id, version }: PluginManifest,
  { waiting, given }: { readonly waiting: readonly string[]; readonly given: readonly string[] },
  installed: string | null,
  place: string,
): CollectorError {
  const asks = `${id} ${version} asks for ${waiting.join(", ")}`;
  const message =
    installed === null
      ? `${asks}; nothing was installed`
      : `${asks}, which ${installed} did not; ${installed} stays as it is until you agree`;
  const command = `mimolo plugin install ${place} --grant ${[...given, ...waiting].join(" ")}`;
  return new CollectorError("needs-consent", message, `agree with: ${command} (or --yes for all it asks for)`, {
    reason: "needs-consent",
  });
}

/** A version that others cannot run with. */
export function breaksDependents(broken: string, installed: string): CollectorError {
  return new CollectorError(
    "dependency",
    `${broken}; ${installed} stays as it is`,
    "upgrade what needs it first: mimolo plugin upgrade",
    { reason: "conflict" },
  );
}

/** A version that did not do well, or that may not stay after all. */
export function rolledBack(
  { from, to }: { readonly from: AllowEntry; readonly to: AllowEntry },
  why: string,
  reason: string,
): CollectorError {
  const message = `${to.plugin_id} ${to.version} was taken back: ${why}; ${from.version} is installed as before`;
  return new CollectorError("rolled-back", message, "mimolo logs has what it said", { reason });
}
