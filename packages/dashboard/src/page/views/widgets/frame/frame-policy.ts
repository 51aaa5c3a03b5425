// The one place of the page where text becomes markup, and only a sandboxed frame takes it.
import { type FrameContent, frameDocument } from "./frame-document.ts";

interface FramePolicy {
  createHTML(document: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML(document: string): string }): FramePolicy;
}

let policy: FramePolicy | null = null;

/** What a sandboxed frame's `srcdoc` takes: trusted markup where the browser knows of it, else the text. */
export function frameSource(content: FrameContent): string {
  policy ??= makePolicy();
  return policy.createHTML(frameDocument(content));
}

function makePolicy(): FramePolicy {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
  const rules = { createHTML: (document: string) => document };
  return trustedTypes?.createPolicy("mimolo-widget", rules) ?? rules;
}
