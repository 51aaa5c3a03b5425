import type { HTMLAttributes } from "svelte/elements";

declare module "svelte/elements" {
  interface HTMLIframeAttributes extends HTMLAttributes<HTMLIFrameElement> {
    /** The policy of what stands in it. Chromium's; other browsers have the same in the document. */
    csp?: string;
  }
}
