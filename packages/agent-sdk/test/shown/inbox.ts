// Counts unread mail, shows how it went today, and takes "all read" from the page.
import { defineAgent, h, meter, type Runnable, sparkline } from "@mimolo/agent-sdk";

/** The author's own. */
export interface Mailbox {
  readonly capacity: number;
  unread(): Promise<number>;
  markAllRead(): Promise<void>;
}

export function inbox(mailbox: Mailbox): Runnable {
  const lately: number[] = [];
  return defineAgent({
    id: "example.inbox",
    version: "1.0.0",
    sample: async ({ count }) => {
      lately.push(await mailbox.unread());
      if (lately.length > 30) lately.shift();
      return count("unread", lately.at(-1));
    },
    summarize: ({ counts }) => ({ data: counts, activity: "passive" }),
    widgetTtlSeconds: 30,
    widget: () => {
      const unread = lately.at(-1) ?? 0;
      return h(
        "div",
        "mml-stack",
        h("p", null, h("span", "mml-number", unread), h("span", "mml-unit", " unread")),
        sparkline(lately, "Unread mail lately, oldest first"),
        meter(unread / mailbox.capacity, `${unread} of ${mailbox.capacity}`, "mml-accent"),
        unread === 0 && h("p", "mml-muted", "Nothing to read."),
      );
    },
    onWidgetAction: async (action) => {
      if (action !== "all-read") return `there is no action "${action}"`;
      await mailbox.markAllRead();
      lately.push(await mailbox.unread());
      return "all read";
    },
  });
}
