import { readFileSync } from "node:fs";
import { endianness } from "node:os";
import { join } from "node:path";

const AT_PAGESZ = 6n;
const USUAL_BYTES = 4_096;

/** Bytes of a memory page, as the kernel told this process when it began (16 KiB and 64 KiB exist on ARM and POWER); 4096
 *  where that cannot be read. */
export function pageBytes(procRoot: string): number {
  try {
    return fromAuxv(readFileSync(join(procRoot, "self/auxv"))) ?? USUAL_BYTES;
  } catch {
    return USUAL_BYTES;
  }
}

function fromAuxv(auxv: Buffer): number | null {
  const wordBytes = ["arm", "ia32", "mips", "mipsel", "ppc", "s390"].includes(process.arch) ? 4 : 8;
  const little = endianness() === "LE";
  const word = (at: number): bigint => {
    if (wordBytes === 4) return BigInt(little ? auxv.readUInt32LE(at) : auxv.readUInt32BE(at));
    return little ? auxv.readBigUInt64LE(at) : auxv.readBigUInt64BE(at);
  };
  for (let at = 0; at + 2 * wordBytes <= auxv.length; at += 2 * wordBytes) {
    if (word(at) === AT_PAGESZ) return Number(word(at + wordBytes));
  }
  return null;
}
