import type { Api } from "../route.ts";
import { ProblemError } from "../problem.ts";
import type { CollectorView } from "../view.ts";
import { type Body, objectIn, onlyIn, optionalTextIn, textIn } from "./body.ts";
import { byOf } from "./by.ts";

/** As much as a line to an agent may hold. */
const BODY_LIMIT_BYTES = 1_048_576;
const MOST_WORD_CHARACTERS = 256;

/** A person's message to a plugin, or to whichever handles it best. */
export function messageRoutes(server: Api, view: CollectorView): void {
  server.post<{ Body: unknown }>("/messages", { bodyLimit: BODY_LIMIT_BYTES }, (request) => {
    const body = objectIn(request.body);
    onlyIn(body, ["to", "type", "content"]);
    const to = optionalTextIn(body, "to");
    if (to !== undefined) bounded("to", to);
    const type = bounded("type", textIn(body, "type"));
    return view.platform.requests.send({ from: byOf(request), to, type, content: contentIn(body) });
  });
}

function contentIn({ content }: Body): unknown {
  if (content !== undefined) return content;
  throw new ProblemError("invalid-parameter", "content is missing", '{"type":"greeting","content":{"text":"hello"}}');
}

function bounded(name: string, text: string): string {
  if (text !== "" && text.length <= MOST_WORD_CHARACTERS) return text;
  throw new ProblemError("invalid-parameter", `${name} must have 1 to ${MOST_WORD_CHARACTERS} characters`);
}
