// What a server says may repeat what it was sent: an echo of a header, an error page with the token in it.

/** What stands where a secret stood. */
export const CONCEALED = "[secret]";

/** Shorter texts stand in too many words; taking them out would tell more than it hides. */
const SHORTEST = 4;

/** Takes secrets out of texts, in the forms in which programs print them. */
export class Concealed {
  /** Longest first, so that one that holds another goes as a whole. */
  readonly #forms: readonly string[];

  constructor(secrets: readonly string[]) {
    const forms = new Set(secrets.flatMap(wordsOf).flatMap(written));
    this.#forms = [...forms].toSorted((one, other) => other.length - one.length);
  }

  /** The text without secrets; the same text where there are none in it. */
  clean(text: string): string {
    let cleaned = text;
    for (const form of this.#forms) if (cleaned.includes(form)) cleaned = cleaned.replaceAll(form, CONCEALED);
    return cleaned;
  }

  /** The same of a text that was cut off: the beginning of a secret at its very end goes too. */
  cleanCut(text: string): string {
    const cleaned = this.clean(text);
    for (const form of this.#forms) {
      for (let length = Math.min(form.length - 1, cleaned.length); length >= SHORTEST; length -= 1) {
        if (cleaned.endsWith(form.slice(0, length))) return `${cleaned.slice(0, -length)}${CONCEALED}`;
      }
    }
    return cleaned;
  }
}

/** A header's value, and what stands behind its scheme: of `Bearer abc` both. */
function wordsOf(secret: string): string[] {
  const whole = secret.trim();
  const [scheme = "", ...rest] = whole.split(" ");
  const credentials = rest.join(" ").trim();
  const decoded = /^basic$/i.test(scheme) ? Buffer.from(credentials, "base64").toString() : "";
  const password = decoded.slice(decoded.indexOf(":") + 1);
  return [whole, credentials, decoded, password].filter((each) => each.length >= SHORTEST);
}

/** As it is, in JSON, in an address, in HTML, in base64. */
function written(text: string): string[] {
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  return [text, JSON.stringify(text).slice(1, -1), inAddress(text), html, Buffer.from(text).toString("base64")];
}

function inAddress(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half of a pair that belongs together has no place in an address.
    return text;
  }
}
