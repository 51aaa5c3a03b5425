/** What stands where a secret stood. */
export const SCRUBBED = "[secret]";

/** Shorter ones stand in too many words; taking them out would tell more than it hides. */
const SHORTEST = 4;
/** Of a secret of several lines each line is one, where it is long enough to be nobody else's. */
const SHORTEST_LINE = 8;
/** A message ends in this where it was cut. */
const CUT = "…";

/** Takes secrets that agents were given out of texts that people read, in the forms in which programs print them. */
export class Scrub {
  /** Longest first, so that one that holds another goes as a whole. */
  #forms: readonly string[] = [];

  /** From now on these are taken out, whoever says them. */
  learn(secrets: readonly string[]): void {
    if (secrets.length === 0) return;
    const forms = new Set([...this.#forms, ...secrets.flatMap(formsOf)]);
    if (forms.size === this.#forms.length) return;
    this.#forms = [...forms].toSorted((one, other) => other.length - one.length);
  }

  /** The text without secrets; the same text where there are none in it. */
  clean(text: string): string {
    if (this.#forms.length === 0) return text;
    let cleaned = text;
    for (const form of this.#forms) if (cleaned.includes(form)) cleaned = cleaned.replaceAll(form, SCRUBBED);
    return cleaned.endsWith(CUT) ? this.#withoutBeginning(cleaned) : cleaned;
  }

  /** Of a text that was cut in the middle of a secret. */
  #withoutBeginning(text: string): string {
    const body = text.slice(0, -CUT.length);
    for (const form of this.#forms) {
      for (let length = Math.min(form.length - 1, body.length); length >= SHORTEST; length -= 1) {
        if (body.endsWith(form.slice(0, length))) return `${body.slice(0, -length)}${SCRUBBED}${CUT}`;
      }
    }
    return text;
  }
}

function formsOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_LINE && line !== secret);
  const plain = secret.trim();
  return [secret, plain, ...lines].filter((each) => each.length >= SHORTEST).flatMap(written);
}

/** As it is, in JSON, in an address, in the header of a request. */
function written(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  return [text, json, inAddress(text), Buffer.from(text).toString("base64")].filter((each) => each.length >= SHORTEST);
}

function inAddress(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half of a pair that belongs together has no place in an address.
    return text;
  }
}
