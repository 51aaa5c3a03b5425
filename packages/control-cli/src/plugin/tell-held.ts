import type { HeldGrants } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { printable } from "../present/width.ts";

/** Says what a plugin is granted after a change, and what it now lacks. */
export async function tellHeld({ output }: Pick<Call, "output">, held: HeldGrants): Promise<ExitCode> {
  if (output.options.json) {
    await output.json(held);
    return EXIT.done;
  }
  const { plugin_id: id, granted, not_granted: lacking } = held;
  await output.print(`${printable(id)} is granted: ${granted.length === 0 ? "nothing" : granted.join(", ")}`);
  if (lacking.length > 0) {
    output.note(`  It asks for more: ${lacking.join(", ")}`, `  mimolo plugin grant ${id} ${lacking.join(" ")}`);
  }
  return EXIT.done;
}
