// Keeps a picture of whoever comes to the door, and shows the last one.
import { defineAgent, h, type Runnable } from "@mimolo/agent-sdk";

/** Where pictures come from; the author's own. */
export interface Camera {
  newPicture(): Promise<Uint8Array | null>;
}

export function doorCamera(camera: Camera): Runnable {
  let lastId: string | null = null;
  return defineAgent({
    id: "example.door-camera",
    version: "1.0.0",
    artifacts: true,
    sample: async ({ count, context }) => {
      const bytes = await camera.newPicture();
      if (bytes === null) return count("visits", 0);
      const picture = await context.artifacts.store({ bytes, mime: "image/jpeg", extension: "jpg" });
      lastId = picture.artifact_id;
      return count("visits");
    },
    summarize: ({ counts }) => ({ data: counts, activity: "passive" }),
    widget: async ({ context }) => {
      if (lastId === null) return "Nobody came to the door.";
      const src = await context.artifacts.address(lastId);
      return h("img", { class: "mml-image", src, alt: "The last visitor" });
    },
  });
}
