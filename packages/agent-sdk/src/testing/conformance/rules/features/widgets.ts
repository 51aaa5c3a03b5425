// 905 and on: widget_frame.
import { hasToDoWith } from "../../reading/announced.ts";
import { inVain } from "../../reading/endings.ts";
import { acksOf, hadEnded, ofType } from "../../reading/flushes.ts";
import { between, shown, type Told, told } from "../../reading/lines.ts";
import type { Recording } from "../../recording.ts";
import { broken, everywhere, type Finding, holds, notApplicable, type Rule } from "../../rule.ts";
import { announced, NOT_SO_FAR } from "./announced.ts";

const REFRESH = "widget_action: ack; refresh runs the very tick-and-flush path: summary, fresh widget_frame, ack.";

export const widgetRules: readonly Rule[] = [
  {
    id: "JLP905",
    area: "features",
    title: "It draws its widget when it is asked",
    required: true,
    says: "widget_render {mode, canvas, state_token?}: widget_frame whose request_id is the command's id.",
    why: "The user looks at a place where nothing comes.",
    fix: 'Write {"type":"widget_frame","data":{"request_id":"<the command\'s id>","mode":"html_fragment_v1","html":"<p>…</p>","ttl_ms":5000}}.',
    needs: ["widgets"],
    judge: announced("widget_frame", "widgets", (recording) => {
      const [asked] = told(recording, "widget_render");
      if (asked === undefined || hadEnded(recording, asked)) return NOT_SO_FAR;
      const [frame] = framesAfter(recording, asked);
      return frame === undefined ? broken(`no frame came; ${inVain(recording, asked)}`) : holds(shown(frame.line));
    }),
  },
  {
    id: "JLP906",
    area: "features",
    title: "Its frame names the request it answers",
    required: true,
    says: "widget_render: widget_frame whose request_id is the command's id.",
    why: "Two views may ask at once, in different sizes; only the id tells whose frame it is.",
    fix: "Copy the command's id into data.request_id, as it came.",
    needs: ["widgets"],
    judge: announced("widget_frame", "widgets", (recording) => {
      const [asked] = told(recording, "widget_render");
      const [frame] = asked === undefined ? [] : framesAfter(recording, asked);
      if (frame === undefined) return NOT_SO_FAR;
      const data = frame.object?.["data"] as { request_id?: unknown } | undefined;
      return data?.request_id === asked?.id
        ? holds(shown(frame.line))
        : broken(`${shown(asked?.line ?? "")} was answered by ${shown(frame.line)}`);
    }),
  },
  {
    id: "JLP907",
    area: "features",
    title: "Its frames hold what their mode says",
    required: true,
    says: 'widget_frame: data.{mode:"html_fragment_v1"|"tree_v1", html|tree}.',
    why: "A frame without its picture is refused.",
    fix: 'With "mode":"html_fragment_v1" give "html" as a text, with "tree_v1" give "tree" as an object or a list.',
    isLive: true,
    judge: everywhere((recording) => {
      const frames = ofType(recording, "widget_frame");
      const wrong = frames.find(({ decoded }) => !decoded.ok && /^data\.(?:tree|html)/.test(decoded.field ?? ""));
      const [first] = frames;
      if (wrong !== undefined) return broken(shown(wrong.line));
      return first === undefined ? notApplicable("it draws nothing") : holds(shown(first.line));
    }),
  },
  {
    id: "JLP908",
    area: "features",
    title: "It acknowledges a refresh of its widget",
    required: true,
    says: REFRESH,
    why: "The user pressed a button, and it stays pressed until the ack comes.",
    fix: 'On widget_action {"action":"refresh"} look, send the summary, the new frame, and then {"type":"ack","ack_command":"widget_action","id":"…"}.',
    needs: ["widgets"],
    judge: announced("widget_frame", "widgets", (recording) => {
      const [asked] = told(recording, "widget_action");
      if (asked === undefined || hadEnded(recording, asked)) return NOT_SO_FAR;
      const [ack] = acksOf(recording, asked);
      return ack === undefined ? broken(`no ack; ${inVain(recording, asked)}`) : holds(shown(ack.line));
    }),
  },
  {
    id: "JLP909",
    area: "features",
    title: "A refresh brings a fresh frame before its ack",
    required: true,
    says: REFRESH,
    why: "After the ack the view shows what it has: an old picture.",
    fix: "Send the frame between the summary and the ack.",
    needs: ["widgets"],
    judge: announced("widget_frame", "widgets", refreshes("widget_frame")),
  },
  {
    id: "JLP910",
    area: "features",
    title: "A refresh brings a summary before its ack",
    required: true,
    says: REFRESH,
    why: "What the user sees in the picture must be in the evidence too.",
    fix: "Do on refresh what you do on flush, and draw after it.",
    needs: ["widgets"],
    judge: announced("widget_frame", "widgets", (recording) =>
      hasToDoWith(recording, "summary")
        ? refreshes("summary")(recording)
        : notApplicable("it does not announce summary"),
    ),
  },
];

/** Frames between a render and the next command. */
function framesAfter(recording: Recording, asked: Told) {
  const next = told(recording).find(({ index, cmd }) => index > asked.index && cmd !== "committed");
  return between(ofType(recording, "widget_frame"), asked.index, next?.index);
}

function refreshes(type: "widget_frame" | "summary"): (recording: Recording) => Finding {
  return (recording) => {
    const [asked] = told(recording, "widget_action");
    const [ack] = asked === undefined ? [] : acksOf(recording, asked);
    if (asked === undefined || ack === undefined) return NOT_SO_FAR;
    const [found] = between(ofType(recording, type), asked.index, ack.index);
    return found === undefined ? broken(`no ${type} before ${shown(ack.line)}`) : holds(shown(found.line));
  };
}
