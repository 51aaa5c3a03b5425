import type { PurgePlan } from "@mimolo/protocol";
import { printable } from "../present/width.ts";

/** Offers at a terminal to archive first; `null`: neither, nothing is to be done. */
export async function offerArchive({ can_archive: canArchive }: PurgePlan): Promise<boolean | null> {
  const { isCancel, select } = await import("@clack/prompts");
  const unable = Object.entries(canArchive).flatMap(([label, can]) => (can ? [] : [printable(label)]));
  const first = {
    value: "archive",
    label: "Archive them first",
    ...(unable.length === 0 ? {} : { hint: `${unable.join(", ")} cannot: nothing would be purged` }),
  };
  const answer = await select({
    message: "Keep a copy in an archive?",
    options: [
      first,
      { value: "purge", label: "No archive: they are gone for good" },
      { value: "nothing", label: "Purge nothing" },
    ],
    initialValue: unable.length === 0 ? "archive" : "nothing",
  });
  if (isCancel(answer) || answer === "nothing") return null;
  return answer === "archive";
}
