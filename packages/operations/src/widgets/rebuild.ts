// What an agent draws is never shown as it came: it is read, and written anew from an allowlist.
import type { WidgetFrame } from "@mimolo/protocol";
import { WidgetRefusal, type WidgetRefusalCode } from "./caps.ts";
import type { FragmentNode } from "./fragment.ts";
import type { WidgetPolicy } from "./policy.ts";
import { readFragment } from "./read-fragment.ts";
import { readTree } from "./read-tree.ts";
import { writeFragment, type WrittenWidget } from "./write.ts";

/** HTML that may be shown with how many `nodes` it has, or why there is none, with a sentence for the agent's author. */
export type RebuiltWidget =
  | ({ readonly ok: true } & WrittenWidget)
  | { readonly ok: false; readonly code: WidgetRefusalCode; readonly message: string };

/** Rebuilds the picture of a `widget_frame`, whichever form it has. */
export function rebuildWidget(frame: WidgetFrame["data"], policy: WidgetPolicy = {}): RebuiltWidget {
  return frame.mode === "tree_v1" ? rebuildTree(frame.tree, policy) : rebuildFragment(frame.html, policy);
}

/** Rebuilds `html_fragment_v1`: elements and attributes off the allowlist go, some with what is in them; never throws
 *  for what it is given. Its own output it gives back unchanged. Refuses what is above the caps. */
export function rebuildFragment(html: string, policy: WidgetPolicy = {}): RebuiltWidget {
  return rebuilt(() => readFragment(html), policy);
}

/** Rebuilds `tree_v1` with the same caps and the same writer; a tree with an unknown element or attribute is refused,
 *  and the message says where (`tree.children[2].tag: …`). Takes any value. */
export function rebuildTree(tree: unknown, policy: WidgetPolicy = {}): RebuiltWidget {
  return rebuilt(() => readTree(tree), policy);
}

function rebuilt(read: () => readonly FragmentNode[], policy: WidgetPolicy): RebuiltWidget {
  try {
    return { ok: true, ...writeFragment(read(), policy) };
  } catch (error) {
    if (!(error instanceof WidgetRefusal)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}
