import { ApiProblem } from "../api/index.ts";
import type { Asks } from "./asks.svelte.ts";

/** Does what a person has to confirm at the terminal: asks for the code that is shown there, as often as it takes. Returns `null`
 *  where the reader would rather not. */
export async function withCode<Done>(
  asks: Asks,
  run: (code: string | undefined) => Promise<Done>,
): Promise<Done | null> {
  let code: string | undefined;
  for (;;) {
    try {
      return await run(code);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== "needs-confirmation") throw error;
      const given = await asks.prompt({
        title: "Confirm at the terminal",
        text: [error.message, error.hint].filter((part) => part !== undefined).join(". "),
        action: "Confirm",
        input: { label: "Code", help: "Six digits, shown where mimolo runs.", pattern: "[0-9]{6}" },
      });
      if (given === null) return null;
      code = given;
    }
  }
}
