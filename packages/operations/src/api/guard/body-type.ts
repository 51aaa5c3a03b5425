import type { IncomingMessage } from "node:http";
import type { Access } from "../login/access.ts";
import { Refusal } from "./refusal.ts";

const JSON_TYPE = /^application\/json *(?:; *charset="?utf-8"? *)?$/iu;
const PACKAGE_TYPE = "application/octet-stream";

/** Whether a body comes with it; a page can send one of a simple type anywhere without asking. */
export function hasBody({ headers }: Pick<IncomingMessage, "headers">): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}

/** Refuses a body whose type the route does not take, and one that says none. */
export function checkBodyType(
  request: Pick<IncomingMessage, "headers" | "headersDistinct">,
  { takes }: Partial<Access>,
): void {
  const types = request.headersDistinct["content-type"] ?? [];
  if (types.length === 0 && !hasBody(request)) return;
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") throw refusal(`a body in ${encoding}`, takes);
  const [type] = types;
  if (type === undefined) throw refusal("a body of no type", takes);
  if (types.length > 1) throw refusal("a body of two types", takes);
  if (JSON_TYPE.test(type) || (takes === "package" && type.toLowerCase() === PACKAGE_TYPE)) return;
  throw refusal(`a body of type ${JSON.stringify(type.slice(0, 100))}`, takes);
}

function refusal(what: string, takes: Access["takes"]): Refusal {
  const wanted = takes === "package" ? `${PACKAGE_TYPE} for a package, or application/json` : "application/json";
  return new Refusal({
    code: "unsupported-media-type",
    detail: `${what} is not read here`,
    hint: `send Content-Type: ${wanted}`,
  });
}
