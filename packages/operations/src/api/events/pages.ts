import type { EvidenceRecord } from "@mimolo/protocol";
import type { Archive } from "../../reading/archive.ts";
import { textFrame } from "./text-frame.ts";

const PAGE_BYTES = 131_072;
const MOST_KEPT = 8;

/** Some records, as they are told. */
export interface Page {
  /** The last one, or the last one there is. */
  readonly through: number;
  readonly bytes: Buffer;
  readonly records: readonly EvidenceRecord[];
}

/** Evidence as events. Clients that stand at the same record, as all do that keep up, share one reading. */
export class Pages {
  readonly #archive: Pick<Archive, "evidence">;
  readonly #kept = new Map<string, Promise<Page>>();
  #through = 0;

  constructor(archive: Pick<Archive, "evidence">) {
    this.#archive = archive;
  }

  /** Records above `after` and up to `upTo`; perhaps not all of them, but always some progress. */
  read(after: number, upTo: number): Promise<Page> {
    const key = `${after} ${upTo}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const page = this.#read(after, upTo);
    this.#kept.set(key, page);
    page.catch(() => this.#kept.get(key) === page && this.#kept.delete(key));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return page;
  }

  /** Everything up to `through` may be read now. Whoever keeps up reads from here on; and since an erasure is a record, too, what
   *  was read before it is not told again. */
  told(through: number): void {
    if (through !== this.#through) this.forget();
    this.#through = through;
  }

  /** Nobody listens any more. */
  forget(): void {
    this.#kept.clear();
  }

  async #read(after: number, upTo: number): Promise<Page> {
    const frames: Buffer[] = [];
    const records: EvidenceRecord[] = [];
    let bytes = 0;
    for await (const { record, line } of this.#archive.evidence({ seqAfter: after })) {
      if (record.seq > upTo) break;
      const frame = frameOf(record, line);
      frames.push(frame);
      records.push(record);
      bytes += frame.length;
      if (bytes < PAGE_BYTES) continue;
      return { through: record.seq, bytes: Buffer.concat(frames), records };
    }
    return { through: upTo, bytes: Buffer.concat(frames), records };
  }
}

/** The line stands on the disk as JSON, so it goes out as it is. */
function frameOf(record: EvidenceRecord, line: Uint8Array): Buffer {
  const at = JSON.stringify(record.received_at);
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString("utf8");
  return textFrame(`{"type":"evidence:committed","at":${at},"seq":${record.seq},"record":${text}}`);
}
