import { parsedIn } from "../../../../operations/test/widgets/off-list.ts";

/** Whether what follows such HTML stands beside it and not in it, so that several may stand in one document. */
export function endsByItself(html: string): boolean {
  return parsedIn("body", `${html}<hr>`).some(
    (node) => node.nodeName === "hr" && node.parentNode?.nodeName === "#document-fragment",
  );
}
