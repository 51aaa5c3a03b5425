import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

const IN_QUERY = /[?&](?:token|access_token|authorization)(?:=|&|$)/iu;
const BEARER = /^Bearer +([\w.~+/-]+=*)$/iu;

export type TokenReason = "missing-token" | "bad-token" | "expired-token" | "token-in-query";

/** The token a request shows, or `null` where it shows none. Throws where it shows one in a way that does not count. */
export function bearerOf({ headersDistinct, url }: Pick<IncomingMessage, "headersDistinct" | "url">): string | null {
  if (url !== undefined && IN_QUERY.test(url)) throw unauthorized("token-in-query");
  const shown = headersDistinct["authorization"] ?? [];
  if (shown.length === 0) return null;
  const token = shown.length === 1 ? BEARER.exec(shown[0] ?? "")?.[1] : undefined;
  if (token === undefined) throw unauthorized("bad-token");
  return token;
}

export function unauthorized(reason: TokenReason): Refusal {
  const [detail, hint] = sentences[reason];
  return new Refusal({
    code: "unauthorized",
    detail,
    hint,
    reason,
    headers: { "www-authenticate": 'Bearer realm="mimolo"' },
  });
}

/** Where whoever lacks a token finds one. */
export const FRESH_TOKEN =
  "the token is in `control/token` of the data directory; or trade a login code at POST /api/v1/login";

const sentences: Record<TokenReason, readonly [detail: string, hint: string]> = {
  "missing-token": ["this needs a token", `send it as \`Authorization: Bearer …\`; ${FRESH_TOKEN}`],
  "bad-token": ["this token is not known here", FRESH_TOKEN],
  "expired-token": ["this token has expired", FRESH_TOKEN],
  "token-in-query": [
    "a token in an address ends up in histories and logs, so none is read there",
    "send it as `Authorization: Bearer …`",
  ],
};
