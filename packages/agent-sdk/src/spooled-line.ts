/** A line as it is sent, with its line end. */
export interface SpooledLine {
  readonly seq: number;
  readonly line: string;
  readonly bytes: number;
}

/** The whole lines of a part. Half a line was never sent, and what a power cut made of another is no line any more: both are
 *  left out. */
export function linesIn(text: string): SpooledLine[] {
  return text
    .split("\n")
    .slice(0, -1)
    .flatMap((line) => {
      const seq = seqOf(line);
      return seq === null ? [] : [{ seq, line: `${line}\n`, bytes: Buffer.byteLength(line) + 1 }];
    });
}

function seqOf(line: string): number | null {
  try {
    const { seq } = JSON.parse(line) as { seq?: unknown };
    return typeof seq === "number" && Number.isSafeInteger(seq) && seq > 0 ? seq : null;
  } catch {
    return null;
  }
}
