import type { CallAnswer } from "../calls/plugin-call.ts";

/** The most types one plugin may name; beyond them all count as supported. */
const MOST_TYPES = 256;

/** What a process said it handles; `null`: whatever comes. */
export type SupportedTypes = ReadonlySet<string> | null;

/** What each process says of the types it handles, asked once. */
export class TypesSaid {
  readonly #said = new Map<string, Promise<SupportedTypes>>();

  /** `ask` is called when nobody asked this process yet. */
  of(label: string, ask: () => Promise<CallAnswer>): Promise<SupportedTypes> {
    let said = this.#said.get(label);
    if (said === undefined) {
      const asked = ask().then(typesIn);
      said = asked.then(({ types }) => types);
      this.#said.set(label, said);
      // It had no time, or was not there: it may have an answer the next time.
      void asked.then(({ isFinal }) => !isFinal && this.#said.get(label) === said && this.#said.delete(label));
    }
    return said;
  }

  /** Another process may handle others. */
  forget(label: string): void {
    this.#said.delete(label);
  }
}

/** Whoever does not say is asked about every message. */
function typesIn(answer: CallAnswer): { types: SupportedTypes; isFinal: boolean } {
  if (!answer.ok) return { types: null, isFinal: answer.code === "failed" || answer.code === "not-offered" };
  const { data } = answer;
  const isList = Array.isArray(data) && data.length <= MOST_TYPES && data.every((each) => typeof each === "string");
  return { types: isList ? new Set(data) : null, isFinal: true };
}

/** Whether a type is among them; one that ends in `*` stands for all that begin so. */
export function supports(types: SupportedTypes, type: string): boolean {
  if (types === null || types.has(type)) return true;
  return [...types].some((each) => each.endsWith("*") && type.startsWith(each.slice(0, -1)));
}
