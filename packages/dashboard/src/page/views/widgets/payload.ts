/** What a reader typed as JSON; nothing typed is nothing given. */
export type Payload = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

export function payloadOf(text: string): Payload {
  if (text.trim() === "") return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, problem: 'This is no JSON. It looks like {"days": 7}.' };
  }
}
