// The JSON documents about who may talk to the control API.
import { z } from "zod";
import { Timestamp } from "../message/envelope.ts";

/** What a token is good for; each includes the one before it. */
export const Scope = z.enum(["read", "control", "admin"]);
export type Scope = z.infer<typeof Scope>;

/** `POST /login`: what a code was traded for. */
export const LoginReport = z.object({
  /** 256 bits, base64url. Said once; only its digest is kept. */
  token: z.string(),
  scope: Scope,
  expires_at: Timestamp,
});
export type LoginReport = z.infer<typeof LoginReport>;

/** `POST /login/code`, over the socket only: a code that can be traded once. */
export const LoginCodeReport = z.object({
  code: z.string(),
  scope: Scope,
  expires_at: Timestamp,
  /** The page's address with the code in its fragment; null where nothing listens on TCP. */
  address: z.string().nullable(),
});
export type LoginCodeReport = z.infer<typeof LoginCodeReport>;
