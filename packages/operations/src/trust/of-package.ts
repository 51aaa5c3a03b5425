import { PackageError } from "@mimolo/trust/package";
import { CollectorError } from "../error.ts";

/** What breaks the rules of packages, as the collector's error; everything else as it is. */
export function ofPackage(error: unknown): unknown {
  if (!(error instanceof PackageError)) return error;
  const hint = "have the package anew from its author; mimolo plugin pack makes one";
  return new CollectorError("bad-package", error.message, hint, { cause: error, reason: error.code });
}
