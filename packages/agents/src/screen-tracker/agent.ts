// screen-tracker as an agent. It is passive: what is on a screen may be seen by nobody.
import { type AgentTools, type Clock, defineAgent, type Runnable, systemClock } from "@mimolo/agent-sdk";
import { AGENTS_VERSION } from "../version.ts";
import { type SummaryWindow, summaryWindow } from "../window.ts";
import type { ArtifactReference } from "@mimolo/protocol";
import { Camera } from "./camera.ts";
import { Pictures, type PicturesTold } from "./pictures.ts";
import { readScreenTrackerSettings, SCREEN_TRACKER_DEFAULTS, SCREEN_TRACKER_SCHEMA } from "./settings.ts";
import { screenTrackerWidget } from "./widget.ts";

/** A picture may not be known to the collector yet when somebody looks; then the one before is. */
const MOST_SHOWN = 2;

/** The `data` of a summary; `artifacts` are the pictures. Where there is no screen to look at, `screen` is null and `unavailable`
 *  says why. */
export interface ScreenTrackerData extends Record<string, unknown> {
  readonly schema: "screen_tracker.summary.v1";
  readonly window: SummaryWindow;
  /** In pixels, as it was when it was looked at last. */
  readonly screen: { readonly width: number; readonly height: number } | null;
  readonly pictures: PicturesTold;
  readonly unavailable?: string;
}

/** The agent for an environment such as `process.env`. */
export function screenTrackerAgent(
  environment: Readonly<Record<string, string | undefined>>,
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Runnable {
  const camera = new Camera(environment, clock);
  const pictures = new Pictures();
  let screen: ScreenTrackerData["screen"] = null;
  let trouble: string | null = null;
  let startMs = clock.wallMs();
  let toldOf = "";
  let newest: ArtifactReference | null = null;
  let shown: readonly ArtifactReference[] = [];
  let everySeconds: number = SCREEN_TRACKER_DEFAULTS.every_seconds;

  const look = async ({ context }: AgentTools): Promise<void> => {
    const { settings, problems, fault } = readScreenTrackerSettings(context.config);
    const wrong = problems.join("; ");
    if (wrong !== toldOf && wrong !== "") context.log.warning(`${wrong}; the default holds`);
    toldOf = wrong;
    ({ everySeconds } = settings);
    trouble = fault;
    if (fault !== null) return;
    if (!pictures.hasRoom) return pictures.skip();
    const capturedAtMs = clock.wallMs();
    const shot = await camera.shoot(settings);
    trouble = shot.ok ? null : shot.why;
    screen = shot.ok ? shot.screen : null;
    if (!shot.ok) return;
    if (shot.jpeg === null) return pictures.same();
    try {
      const file = {
        bytes: shot.jpeg,
        mime: "image/jpeg",
        extension: "jpg",
        retentionClass: settings.keep,
        capturedAtMs,
      };
      newest = await context.artifacts.store(file);
      pictures.took(newest.bytes);
    } catch (error) {
      camera.forget();
      throw error;
    }
  };

  return defineAgent({
    id: "mimolo.screen-tracker",
    version: AGENTS_VERSION,
    provides: ["screen_tracker.summary.v1"],
    configSchema: SCREEN_TRACKER_SCHEMA,
    artifacts: true,
    sampleEverySeconds: (config) => readScreenTrackerSettings(config).settings.everySeconds,
    pending: () => pictures.waiting,
    onUnload: () => camera.close(),
    async sample(tools) {
      await look(tools);
      if (trouble === null) tools.context.status("ok");
      else tools.context.status("degraded", trouble);
    },
    summarize() {
      const endMs = clock.wallMs();
      const data: ScreenTrackerData = {
        schema: "screen_tracker.summary.v1",
        window: summaryWindow(startMs, endMs),
        screen,
        pictures: pictures.take(),
        ...(trouble === null ? {} : { unavailable: trouble }),
      };
      startMs = endMs;
      if (newest !== null && newest !== shown[0]) shown = [newest, ...shown].slice(0, MOST_SHOWN);
      return { data, activity: "passive" };
    },
    widget: ({ context }) =>
      screenTrackerWidget({ pictures: shown, screen, everySeconds, trouble }, context.artifacts, clock.wallMs()),
  });
}
