// 916: the events of a monitor.
import { monitorItems } from "@mimolo/protocol/wire";
import { messages, shown } from "../../reading/lines.ts";
import { broken, everywhere, holds, notApplicable, type Rule } from "../../rule.ts";

export const monitorRules: readonly Rule[] = [
  {
    id: "JLP916",
    area: "features",
    title: "The events of a monitor hold its items",
    required: true,
    says: "A monitor's items sit in data.payload[data_header] or data[data_header]; a missing one is refused as missing-data-header.",
    why: "An event without its items is refused, and what was seen is lost.",
    fix: 'With "data_header":"files" in the metadata, send "data":{"event":"changed","payload":{"files":[…]}}.',
    isLive: true,
    judge: everywhere((recording) => {
      const monitor = messages(recording, "metadata").find(({ message }) => message.data.monitor !== undefined);
      const header = monitor?.message.data.monitor?.data_header;
      if (typeof header !== "string") return notApplicable("it is no monitor, or names no data_header");
      const events = messages(recording, "event");
      const wrong = events.find(({ message }) => !monitorItems(message, header).ok);
      const [first] = events;
      if (wrong !== undefined) return broken(`no ${header}: ${shown(wrong.line)}`);
      return first === undefined ? notApplicable("it sent no event") : holds(shown(first.line));
    }),
  },
];
