// screen-tracker at a glance: the last picture that evidence speaks of, or why there is none.
import { type Artifacts, h } from "@mimolo/agent-sdk";
import type { ArtifactReference } from "@mimolo/protocol";
import { clockTime } from "../clock-time.ts";

/** What there is to show. */
export interface ScreenGlance {
  /** Pictures that summaries referred to, the newest first. */
  readonly pictures: readonly ArtifactReference[];
  readonly screen: { readonly width: number; readonly height: number } | null;
  readonly everySeconds: number;
  /** Why there is no picture now. */
  readonly trouble: string | null;
}

/** The widget. A picture that the collector does not know yet gives way to the one before. */
export async function screenTrackerWidget(
  { pictures, screen, everySeconds, trouble }: ScreenGlance,
  artifacts: Pick<Artifacts, "address">,
  nowMs: number,
) {
  const found = await firstKnown(pictures, artifacts);
  return h(
    "div",
    "mml-stack",
    trouble !== null &&
      h("p", "mml-row", h("span", "mml-badge mml-warn", "no picture now"), h("span", "mml-text", trouble)),
    found === null && trouble === null && h("p", "mml-muted", "There is no picture yet, or the last was put away."),
    found !== null && pictureFigure(found, screen, nowMs),
    trouble === null && h("p", "mml-caption", `looks every ${everySeconds} s, keeps what has changed`),
  );
}

interface Known {
  readonly picture: ArtifactReference;
  readonly address: string;
}

function pictureFigure({ picture, address }: Known, screen: ScreenGlance["screen"], nowMs: number) {
  const time = clockTime(Date.parse(picture.captured_at), nowMs);
  const about = [time, screen === null ? [] : `${screen.width} × ${screen.height}`, sizeText(picture.bytes)].flat();
  return h(
    "figure",
    "mml-stack",
    h("img", { class: "mml-image", src: address, alt: `The screen at ${time}` }),
    h("figcaption", "mml-caption", about.join(" · ")),
  );
}

async function firstKnown(
  pictures: readonly ArtifactReference[],
  artifacts: Pick<Artifacts, "address">,
): Promise<Known | null> {
  for (const picture of pictures) {
    try {
      return { picture, address: await artifacts.address(picture.artifact_id) };
    } catch {
      // Not in the evidence yet, put away, or purged.
    }
  }
  return null;
}

function sizeText(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1_000))} kB`;
}
