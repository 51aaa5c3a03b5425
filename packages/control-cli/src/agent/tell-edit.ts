import { relative } from "node:path";
import type { Call } from "../call.ts";
import type { AgentChange } from "./edit.ts";

/** What an edit did. */
export interface AgentEdit {
  readonly files: readonly string[];
  /** What changed in the running collector; `null` when none runs by these files. */
  readonly live: { readonly message: string; readonly at_next_start: readonly string[] } | null;
  readonly blocked: readonly { readonly label: string; readonly reason: string }[];
  readonly overruled: readonly string[];
  /** More that is worth knowing. */
  readonly notes: readonly string[];
}

const SENTENCES: Readonly<Record<AgentChange["do"], string>> = {
  add: "was added to",
  duplicate: "was added to",
  remove: "was removed from",
  set: "was changed in",
};

/** Says it to a person, or as one JSON document. */
export async function tellEdit(call: Call, change: AgentChange, edit: AgentEdit): Promise<void> {
  const { output, surroundings } = call;
  const label = change.do === "duplicate" ? change.as : change.label;
  if (output.options.json) {
    await output.json({ label, action: change.do === "set" ? "config" : change.do, ...edit });
    return;
  }
  const shown = edit.files.map((file) => (file.startsWith(surroundings.cwd) ? relative(surroundings.cwd, file) : file));
  if (shown.length === 0) output.note(`${label}: it was so already; nothing was written.`);
  else output.note(`${label} ${SENTENCES[change.do]} ${shown.join(" and ")}.`);
  if (edit.live !== null && shown.length > 0) output.note(`  The running collector goes by it: ${edit.live.message}.`);
  if (edit.live === null) output.note("  No collector runs by it: it counts from the next `mimolo run`.");
  for (const note of edit.notes) output.note(`  ${note}`);
  for (const { label: which, reason } of edit.blocked) output.warn(`${which} is blocked: ${reason}`);
  for (const sentence of edit.overruled) output.warn(sentence);
}
