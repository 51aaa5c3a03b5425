// An offered package as a file on the disk that is what the index says.
import { realpath } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";
import type { PluginManifest } from "@mimolo/protocol";
import { parseSignature } from "../minisign/signature.ts";
import { openPackage } from "../package/open-package.ts";
import { PackageError } from "../package/package-error.ts";
import { packageHash } from "./package-hash.ts";
import type { Offer } from "./offer.ts";

/** Where the package lies, once its bytes have the hash of the index and it says itself that it is this version of this
 *  plugin, by this key. Throws PackageError: `registry-mismatch` where one is not so, `outside-registry` for a link that leads
 *  out, else what breaks the rules of packages. Whether it may come in is asked at its installation. */
export async function checkedPackage(offer: Offer): Promise<string> {
  return (await readOffer(offer)).path;
}

/** The same, with what the package says of itself; null where this version of MiMoLo cannot read that. */
export async function readOffer(
  offer: Offer,
): Promise<{ readonly path: string; readonly manifest: PluginManifest | null }> {
  const path = await pathInside(offer);
  const found = await packageHash(path);
  if (found !== offer.sha256) {
    const message = `${path} is not the package that the index of ${offer.source} lists: it was damaged or replaced`;
    throw new PackageError("registry-mismatch", `${message}; have it published there again`);
  }
  const opened = await openPackage(path);
  try {
    const { manifest, signatureText } = opened;
    const signature = signatureText === null ? null : parseSignature(signatureText);
    const said = [
      ["plugin", offer.pluginId, manifest?.id],
      ["version", offer.version, manifest?.version],
      ["key", offer.keyId, signature?.ok === true ? signature.value.keyId : undefined],
    ] as const;
    for (const [what, listed, is] of said) {
      if (is === undefined || is === listed) continue;
      const message = `the index of ${offer.source} lists ${path} as ${what} ${listed}, and it is ${is}`;
      throw new PackageError("registry-mismatch", message);
    }
    return { path, manifest };
  } finally {
    opened.close();
  }
}

async function pathInside({ path, folder, source }: Offer): Promise<string> {
  let real: string;
  try {
    real = await realpath(path);
  } catch (cause) {
    const isGone = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const what = isGone ? `is not there, though the index of ${source} lists it` : "cannot be read";
    throw new PackageError(isGone ? "not-found" : "unreadable", `${path} ${what}`, { cause });
  }
  const below = relative(await realpath(folder), real);
  if (below === "" || below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below)) {
    throw new PackageError("outside-registry", `${path} is a link that leads out of the registry ${source}`);
  }
  return real;
}
