// Counts rendered frames: says why it cannot, and that it will be busy for a while.
import { defineAgent, type Runnable } from "@mimolo/agent-sdk";

/** Where frames are looked up; both are the author's own. */
export interface Renderer {
  isInstalled(): boolean;
  newFrames(): number;
  indexEverything(): Promise<void>;
}

export function renderWatch(renderer: Renderer): Runnable {
  return defineAgent({
    id: "example.render-watch",
    version: "1.0.0",
    onInitialize: async ({ context }) => {
      const done = context.intensive("reading the index of all frames");
      await renderer.indexEverything();
      done();
    },
    sample: ({ count, context }) => {
      if (!renderer.isInstalled()) {
        context.status("degraded", "the renderer is not installed");
        return count("frames", 0);
      }
      context.status("ok");
      return count("frames", renderer.newFrames());
    },
    summarize: ({ counts }) => ({ data: counts, activity: counts.frames > 0 ? "worked" : "idle" }),
  });
}
