import type { Confirmations } from "../confirmations/confirmations.ts";
import type { LoginDesk } from "./login-desk.ts";

/** Where callers become known, and where those over TCP get a person's yes. */
export interface AccessDesk {
  readonly login: LoginDesk;
  readonly confirmations: Confirmations;
}
