import { createHash } from "node:crypto";
import { closeSync, read as readDescriptor } from "node:fs";
import { promisify } from "node:util";
import type { ArtifactReference } from "@mimolo/protocol";
import type { OwnFolders, OwnPlace } from "./own-folder.ts";

const read = promisify(readDescriptor);
const MIB = 1024 * 1024;
/** A larger one is not shown: all of it is checked before the first byte is sent, so all of it is held. */
export const MOST_CONTENT_BYTES = 32 * MIB;

export type Content =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly why: "missing" | "altered" | "too-large" };

/** The bytes of an artifact, if they are those that evidence names. */
export async function contentOf(
  folders: OwnFolders,
  place: OwnPlace,
  { bytes, sha256 }: Pick<ArtifactReference, "bytes" | "sha256">,
): Promise<Content> {
  const opened = folders.open(place);
  if (opened === null) return { ok: false, why: "missing" };
  const { descriptor, size } = opened;
  try {
    if (size !== bytes) return { ok: false, why: "altered" };
    if (size > MOST_CONTENT_BYTES) return { ok: false, why: "too-large" };
    const content = Buffer.allocUnsafe(size);
    const hash = createHash("sha256");
    for (let filled = 0; filled < size; ) {
      const { bytesRead } = await read(descriptor, content, filled, Math.min(MIB, size - filled), filled);
      if (bytesRead === 0) return { ok: false, why: "altered" };
      hash.update(content.subarray(filled, filled + bytesRead));
      filled += bytesRead;
    }
    return hash.digest("hex") === sha256 ? { ok: true, bytes: content } : { ok: false, why: "altered" };
  } finally {
    closeSync(descriptor);
  }
}
