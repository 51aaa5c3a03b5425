// What a collector does with numbered lines, and nothing else: each (stream, seq) once, through a commit.
interface Kept {
  readonly stream: string;
  readonly seq: number;
  readonly text: string;
}

interface Stream {
  /** Highest number appended or refused, and how far a commit has brought it. */
  mark: number;
  through: number;
}

export class ModelledCollector {
  readonly ledger: Kept[] = [];
  #uncommitted: Kept[] = [];
  readonly #streams = new Map<string, Stream>();
  /** Numbers that never came, as gaps would have them. */
  missing = 0;

  /** Takes a line of an agent whose handshake named `announced`. */
  take(line: string, announced: string): void {
    const {
      seq,
      stream = announced,
      data,
    } = JSON.parse(line) as { seq: number; stream?: string; data: { text: string } };
    const known = this.#stream(stream);
    if (seq <= known.mark) return;
    this.missing += seq - known.mark - 1;
    known.mark = seq;
    this.#uncommitted.push({ stream, seq, text: data.text });
  }

  commit(): void {
    this.ledger.push(...this.#uncommitted.splice(0));
    for (const stream of this.#streams.values()) stream.through = stream.mark;
  }

  /** What it says of a stream, right after the handshake and after a commit. */
  committed(stream: string): { stream: string; through: number } {
    return { stream, through: this.#stream(stream).through };
  }

  get streams(): string[] {
    return [...this.#streams.keys()];
  }

  /** It dies, and comes back with what was committed. */
  crash(): void {
    this.#uncommitted = [];
    for (const stream of this.#streams.values()) stream.mark = stream.through;
  }

  #stream(name: string): Stream {
    const stream = this.#streams.get(name) ?? { mark: 0, through: 0 };
    this.#streams.set(name, stream);
    return stream;
  }
}
