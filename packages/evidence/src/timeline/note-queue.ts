import { objectOf, timeOf } from "../loose.ts";
import type { Noted } from "./fact.ts";
import { coversMsOf, type Observation, type ObservedMessage } from "./observation.ts";

type Shape = Omit<Observation, "seq" | "agentSeq" | "atMs" | "coversMs">;

const FIELDS = 5;
const FEWEST = 1024;

/** Notes that wait, in order of `seq`, each with an owner and a weight. Of an agent's summaries only the numbers differ, so
 *  that a waiting one costs some fifty bytes and no objects: a second of a flood is a hundred thousand of them. */
export class NoteQueue<Owner> {
  /** The last one of each instance. */
  readonly #shapes = new Map<string, Shape>();
  /** The activity signal of that, and what came of it. */
  readonly #signals = new Map<string, { readonly signal: object; readonly shape: Shape }>();
  #numbers = new Float64Array(FEWEST * FIELDS);
  #forms: (Shape | Noted)[] = [];
  #owners: Owner[] = [];
  #first = 0;

  get isEmpty(): boolean {
    return this.#first === this.#forms.length;
  }

  add(noted: Noted, owner: Owner, weight: number): void {
    const at = this.#room();
    const observation = noted.kind === "observation" && noted.observation?.data === null ? noted.observation : null;
    this.#numbers[at] = noted.seq;
    this.#numbers[at + 1] = weight;
    this.#owners.push(owner);
    if (observation === null) {
      this.#forms.push(noted);
      return;
    }
    this.#numbers[at + 2] = observation.agentSeq;
    this.#numbers[at + 3] = observation.atMs;
    this.#numbers[at + 4] = observation.coversMs ?? Number.NaN;
    this.#forms.push(this.#shapeOf(observation));
  }

  /** The same of a message whose record was just written; one that says what the last of its instance said is not looked
   *  at again, and costs no objects. `note` looks at any other. */
  addMessage(
    observed: ObservedMessage,
    note: (observed: ObservedMessage) => Noted,
    owner: Owner,
    weight: number,
  ): void {
    const { message, receivedAtMs } = observed;
    const signal = objectOf(message["data"])?.["activity_signal"];
    const known = this.#signals.get(observed.instanceId);
    const stampMs = timeOf(message["timestamp"]) ?? receivedAtMs;
    if (known === undefined || known.signal !== signal || stampMs === null || !isSaidBy(known.shape, observed)) {
      const noted = note(observed);
      this.add(noted, owner, weight);
      this.#remember(observed, signal);
      return;
    }
    const at = this.#room();
    this.#numbers[at] = observed.seq;
    this.#numbers[at + 1] = weight;
    this.#numbers[at + 2] = observed.agentSeq;
    this.#numbers[at + 3] = receivedAtMs === null ? stampMs : Math.min(stampMs, receivedAtMs);
    this.#numbers[at + 4] = (known.shape.working ? coversMsOf(message) : 0) ?? Number.NaN;
    this.#owners.push(owner);
    this.#forms.push(known.shape);
  }

  /** How many there are up to `through`, at most `most`. */
  countThrough(through: number, most = Number.POSITIVE_INFINITY): number {
    const last = Math.min(this.#forms.length, this.#first + most);
    let end = this.#first;
    while (end < last && (this.#numbers[end * FIELDS] ?? 0) <= through) end += 1;
    return end - this.#first;
  }

  /** Takes the first `count` out; `left` hears whose they were. */
  *take(count: number, left: (owner: Owner, weight: number) => void): Generator<Noted> {
    const end = Math.min(this.#first + count, this.#forms.length);
    for (let at = this.#first; at < end; at += 1) {
      const form = this.#forms[at];
      const owner = this.#owners[at];
      if (form === undefined || owner === undefined) continue;
      left(owner, this.#numbers[at * FIELDS + 1] ?? 0);
      yield "seq" in form ? form : this.#unpacked(form, at * FIELDS);
    }
    this.#first = end;
    if (this.isEmpty || this.#first > this.#forms.length / 2) this.#dropTaken();
  }

  // Field by field: a spread of so many costs five times the memory.
  #unpacked(shape: Shape, at: number): Noted {
    const seq = this.#numbers[at] ?? 0;
    const covers = this.#numbers[at + 4] ?? Number.NaN;
    const observation: Observation = {
      kind: shape.kind,
      seq,
      instanceId: shape.instanceId,
      stream: shape.stream,
      agentSeq: this.#numbers[at + 2] ?? 0,
      label: shape.label,
      atMs: this.#numbers[at + 3] ?? 0,
      coversMs: Number.isNaN(covers) ? null : covers,
      working: shape.working,
      reason: shape.reason,
      reconstructed: shape.reconstructed,
      importKey: shape.importKey,
      data: shape.data,
      block: shape.block,
    };
    return { seq, kind: "observation", observation };
  }

  #shapeOf(observation: Observation): Shape {
    const known = this.#shapes.get(observation.instanceId);
    if (known !== undefined && isSame(known, observation)) return known;
    const { seq: _, agentSeq: __, atMs: ___, coversMs: ____, ...shape } = observation;
    if (this.#shapes.size >= FEWEST) this.#shapes.clear();
    this.#shapes.set(observation.instanceId, shape);
    return shape;
  }

  // Only a signal that cannot change says the same the next time.
  #remember({ instanceId }: ObservedMessage, signal: unknown): void {
    const shape = this.#forms.at(-1);
    this.#signals.delete(instanceId);
    if (shape === undefined || "seq" in shape || shape.kind !== "summary") return;
    if (typeof signal !== "object" || signal === null || !Object.isFrozen(signal)) return;
    if (this.#signals.size >= FEWEST) this.#signals.clear();
    this.#signals.set(instanceId, { signal, shape });
  }

  /** Where the numbers of the next one go. */
  #room(): number {
    const at = this.#forms.length * FIELDS;
    if (at === this.#numbers.length) this.#resize(this.#numbers.length * 2);
    return at;
  }

  #dropTaken(): void {
    const numbers = this.#numbers.slice(this.#first * FIELDS, this.#forms.length * FIELDS);
    this.#forms = this.#forms.slice(this.#first);
    this.#owners = this.#owners.slice(this.#first);
    this.#first = 0;
    if (numbers.length < this.#numbers.length / 8) this.#numbers = new Float64Array(roomFor(numbers.length));
    this.#numbers.set(numbers);
  }

  #resize(length: number): void {
    const larger = new Float64Array(length);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}

function isSaidBy(shape: Shape, { message, agentLabel, stream }: ObservedMessage): boolean {
  return message["type"] === "summary" && shape.label === agentLabel && shape.stream === stream;
}

function isSame(a: Shape, b: Shape): boolean {
  return (
    a.kind === b.kind &&
    a.reason === b.reason &&
    a.working === b.working &&
    a.label === b.label &&
    a.stream === b.stream &&
    a.importKey === b.importKey &&
    a.reconstructed === b.reconstructed
  );
}

/** Twice what is needed, a power of two times the fewest. */
function roomFor(numbers: number): number {
  let room = FEWEST * FIELDS;
  while (room < numbers * 2) room *= 2;
  return room;
}
