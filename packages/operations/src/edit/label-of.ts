import { nearestName } from "../config/nearest.ts";
import { CollectorError } from "../error.ts";

/** The label as it is configured, whatever its case. Throws `unknown-agent` with the nearest one and all there are. */
export function labelOf({ plugins }: { readonly plugins: Readonly<Record<string, unknown>> }, label: string): string {
  const labels = Object.keys(plugins);
  const found = labels.find((each) => each.toLowerCase() === label.toLowerCase());
  if (found !== undefined) return found;
  const nearest = nearestName(label, labels);
  const meant = nearest === undefined ? "" : `did you mean "${nearest}"? `;
  throw new CollectorError(
    "unknown-agent",
    `there is no agent "${label}"`,
    `${meant}agents here: ${labels.join(", ") || "none"}`,
  );
}
