// What is done to a request that fits, so that it fits no more; whether it really does not is asked of the document afterwards.
import fc from "fast-check";
import type { ApiDocument } from "../document.ts";
import { type Asked, type Draft, shown, targetOf, wellFormed } from "./asked.ts";
import { misfitOf } from "./misfit.ts";
import { spoiltText } from "./spoilt-text.ts";
import { spoiltValue } from "./spoilt-value.ts";

/** Text that people do not write. */
const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\0",
    "-1",
    "0",
    "1e999",
    "NaN",
    "null",
    "[]",
    "../../etc/passwd",
    "%2e%2e",
    "\u202egpj.exe",
    "🦊",
    "'; --",
  ),
  fc.constantFrom(129, 300, 5_000).map((length) => "x".repeat(length)),
  fc.constant("99999999999999999999999999"),
  fc.string({ unit: "binary", maxLength: 12 }).map(wellFormed),
);

/** Names that no parameter has. To put such choices together takes longer than to choose, so it is done once. */
const strangeName = fc.oneof(
  fc.constantFrom("token", "limitt", "__proto__", "constructor", "a[b]"),
  fc.string({ maxLength: 8 }),
);

/** The request as it is meant, with the document's opinion of it. */
export function asked(document: ApiDocument, draft: Draft): Asked {
  const { operation, path, type } = draft;
  const target = targetOf(draft);
  const text = draft.body instanceof Uint8Array ? draft.body : JSON.stringify(draft.body);
  // What is not JSON is left out on the way, so the document is asked about what will be read.
  const body = typeof text === "string" ? (JSON.parse(text) as unknown) : text;
  const misfit = misfitOf(document, operation, {
    path,
    query: new URLSearchParams(draft.query.map(mutable)),
    body,
    type,
  });
  const headers: Record<string, string> = text === undefined ? {} : { "content-type": type };
  return {
    method: operation.method,
    target,
    headers,
    body: text ?? null,
    operation,
    misfit,
    [fc.toStringMethod]() {
      return shown(this);
    },
  };
}

/** A request that was spoilt in one place; the few that fit all the same say so. */
export function spoilt(document: ApiDocument, draft: Draft): fc.Arbitrary<Asked> {
  const whole = asked(document, draft);
  const { operation } = draft;
  const ways: fc.Arbitrary<Asked>[] = [
    ...queries(draft).map((query) => query.map((pairs) => asked(document, { ...draft, query: pairs }))),
    targets(whole),
    methods(document, whole),
  ];
  if (Object.keys(draft.path).length > 0) {
    ways.push(segments(draft).map((path) => asked(document, { ...draft, path })));
  }
  if (typeof whole.body === "string") {
    ways.push(...spoiltText(whole.body).map((body) => body.map((text) => ({ ...whole, ...text }))));
    ways.push(spoiltValue(draft.body).map((body) => asked(document, { ...draft, body })));
    ways.push(spoiltValue(draft.body).map((body) => asked(document, { ...draft, body })));
    ways.push(types(whole));
  } else if (operation.method !== "GET") {
    ways.push(spoiltValue({}).map((body) => asked(document, { ...draft, body, type: "application/json" })));
  }
  return fc.oneof(...ways);
}

function queries({ query }: Draft): fc.Arbitrary<readonly (readonly [string, string])[]>[] {
  const stranger = fc.tuple(strangeName, oddText).map((pair) => [...query, mutable(pair)]);
  if (query.length === 0) return [stranger];
  const twice = fc.constantFrom(...query).map((pair) => [...query, pair]);
  const odd = fc
    .tuple(fc.nat(query.length - 1), oddText)
    .map(([at, text]) => query.map(([key, value], index) => mutable(index === at ? [key, text] : [key, value])));
  return [stranger, twice, odd];
}

function segments({ path }: Draft): fc.Arbitrary<Readonly<Record<string, string>>> {
  const odd = oddText.filter((text) => text !== "" && text !== "." && text !== "..");
  return fc.tuple(fc.constantFrom(...Object.keys(path)), odd).map(([name, text]) => ({ ...path, [name]: text }));
}

/** Percent signs that mean nothing, bytes that are no UTF-8, and ways out of the folder. */
function targets(whole: Asked): fc.Arbitrary<Asked> {
  const ends = fc.constantFrom(
    "/%",
    "/%zz",
    "/%00",
    "/%c0%ae%c0%ae",
    "/..%2f..%2f",
    "//",
    "/%ff",
    "/\\..\\..",
    ";x=1",
    "%",
    "/.git",
  );
  const [path = "", query] = whole.target.split("?");
  return ends.map((end) => {
    const target = query === undefined ? `${path}${end}` : `${path}${end}?${query}`;
    return { ...whole, target, misfit: `nothing is at ${end}` };
  });
}

function methods(document: ApiDocument, whole: Asked): fc.Arbitrary<Asked> {
  const { path } = whole.operation;
  const used = new Set(document.operations.filter((each) => each.path === path).map(({ method }) => method));
  if (used.has("GET")) used.add("HEAD");
  const others = ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "SEARCH", "PURGE"];
  const wrong = fc.constantFrom(...others.filter((method) => !used.has(method)));
  return wrong.map((method) => ({ ...whole, method, misfit: `it does not answer ${method}` }));
}

function types(whole: Asked): fc.Arbitrary<Asked> {
  const others = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/json",
    "",
    "*/*",
  ];
  const wrong = fc.constantFrom(...others, "application/jsonp", "application/json-patch+json", "application/xml");
  return wrong.map((type) => {
    const headers: Record<string, string> = type === "" ? {} : { "content-type": type };
    return { ...whole, headers, misfit: `a body of type "${type}"` };
  });
}

function mutable(pair: readonly [string, string]): [string, string] {
  return [pair[0], pair[1]];
}
