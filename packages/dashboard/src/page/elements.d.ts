import "svelte/elements";

declare module "svelte/elements" {
  interface HTMLIframeAttributes {
    /** The policy of what stands in it. Chromium's; other browsers have the same in the document. */
    csp?: string;
  }
}
