// What the page shows of the screen: the last picture that evidence speaks of, or why there is none.
import { type Artifacts, h } from "@mimolo/agent-sdk";
import type { ArtifactReference } from "@mimolo/protocol";

/** What there is to show. */
export interface Shown {
  /** Pictures that summaries referred to, the newest first. */
  readonly pictures: readonly ArtifactReference[];
  readonly screen: { readonly width: number; readonly height: number } | null;
  readonly everySeconds: number;
  /** Why there is no picture now. */
  readonly trouble: string | null;
}

/** The widget. A picture that the collector does not know yet gives way to the one before. */
export async function screenWidget(
  { pictures, screen, everySeconds, trouble }: Shown,
  artifacts: Pick<Artifacts, "address">,
) {
  const found = await firstKnown(pictures, artifacts);
  return h(
    "section",
    "mml-card mml-stack",
    h(
      "div",
      "mml-row mml-spread",
      h("h3", "mml-title", "Screen"),
      trouble === null
        ? h("span", "mml-badge mml-ok", `every ${everySeconds} s`)
        : h("span", "mml-badge mml-warn", "not looking"),
    ),
    trouble !== null && h("p", "mml-text", trouble),
    found === null && trouble === null && h("p", "mml-muted", "No picture yet: the first comes with the next summary."),
    found !== null &&
      h(
        "figure",
        "mml-stack",
        h("img", { class: "mml-image", src: found.address, alt: `The screen at ${clockTime(found.picture)}` }),
        h("figcaption", "mml-caption mml-muted", captionOf(found.picture, screen)),
      ),
  );
}

async function firstKnown(pictures: readonly ArtifactReference[], artifacts: Pick<Artifacts, "address">) {
  for (const picture of pictures) {
    try {
      return { picture, address: await artifacts.address(picture.artifact_id) };
    } catch {
      // Not in the evidence yet, put away, or purged.
    }
  }
  return null;
}

function captionOf(picture: ArtifactReference, screen: Shown["screen"]): string {
  const size = `${Math.max(1, Math.round(picture.bytes / 1_000))} kB`;
  const whole = screen === null ? "" : `, of a screen of ${screen.width} × ${screen.height}`;
  return `Taken at ${clockTime(picture)}${whole} · ${size}`;
}

/** By the clock of this machine, whose screen it is. */
function clockTime({ captured_at: at }: ArtifactReference): string {
  const moment = new Date(at);
  return [moment.getHours(), moment.getMinutes(), moment.getSeconds()]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}
