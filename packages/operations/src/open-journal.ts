import type { SigningKey } from "@mimolo/trust";
import { Journal } from "./journal/journal.ts";
import type { JournalOptions } from "./journal/journal-options.ts";
import type { Opened } from "./opened.ts";
import type { RunParts } from "./run-parts.ts";

/** Opens the journal; what it mended, and what goes wrong with the disk later, is said. */
export async function openJournal(
  { options, directory, clock, events }: RunParts,
  key: SigningKey,
  say: Opened["say"],
  artifacts: JournalOptions["artifacts"],
): Promise<Journal> {
  // The ledger tries again every second: what stands in its way is said once, until it is something else or over.
  let said: string | null = null;
  const fault = (message: string | null) => {
    if (message === said) return;
    said = message;
    if (message !== null) say({ type: "collector", level: "error", code: "ledger-fault", message });
    else say({ type: "collector", code: "ledger-works-again", message: "evidence is written again" });
  };
  const journal = await Journal.open({
    directory,
    key,
    clock,
    events,
    fault,
    fileSystem: options.fileSystem,
    artifacts,
  });
  for (const message of journal.repairs)
    say({ type: "collector", level: "warning", code: "ledger-recovered", message });
  return journal;
}
