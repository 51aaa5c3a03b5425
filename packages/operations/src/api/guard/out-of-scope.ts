import { Refusal } from "./refusal.ts";

/** A token that is right and not good for this. */
export function outOfScope(held: string, wanted: string): Refusal {
  return new Refusal({
    code: "forbidden",
    detail: `this token is good for ${held}; this needs ${wanted}`,
    hint: `log in with a code of the scope ${wanted}: POST /api/v1/login/code over the control socket makes one`,
    reason: "scope",
  });
}
