// 9xx below 950: what it announced in its handshake, it has to do.
import { monitorItems } from "@mimolo/protocol/wire";
import { hasToDoWith } from "../reading/announced.ts";
import { answersFlush } from "../reading/abilities.ts";
import { inVain } from "../reading/endings.ts";
import { acksOf, flushFrom, hadEnded, ofType } from "../reading/flushes.ts";
import { answersTo, between, features, messages, shown, step, type Told, told } from "../reading/lines.ts";
import type { Recording } from "../recording.ts";
import { broken, everywhere, type Finding, holds, inScenario, notApplicable, type Rule } from "../rule.ts";

type Judge = (recordings: readonly Recording[]) => Finding;

const NOT_SO_FAR = notApplicable("it did not get that far");
const LIFECYCLE = 'lifecycle {phase:"initialize"|"activate"|"suspend"|"unload", config?}: ack.';
const THROTTLE =
  "throttle {factor, reason}: sample factor times more slowly (1 restores); answered by status with tuned.";
const REFRESH = "widget_action: ack; refresh runs the very tick-and-flush path: summary, fresh widget_frame, ack.";

export const featureRules: readonly Rule[] = [
  {
    id: "JLP901",
    area: "features",
    title: "It acknowledges every phase of its life",
    required: true,
    says: LIFECYCLE,
    why: "The collector brings it from one phase to the next, and waits for each.",
    fix: 'Answer each phase with {"type":"ack","ack_command":"lifecycle","id":"<the command\'s id>"}; one you have nothing to do for as well.',
    needs: ["phases"],
    judge: announced("lifecycle", "phases", (recording) => {
      const asked = told(recording, "lifecycle").filter((each) => !hadEnded(recording, each));
      if (asked.length === 0) return NOT_SO_FAR;
      const wrong = asked.find((each) => !answersTo(recording, each).some(({ message }) => message.type === "ack"));
      if (wrong !== undefined) return broken(`no ack after ${shown(wrong.line)}; ${inVain(recording)}`);
      return holds(asked.map(({ params }) => String(params["phase"])).join(", "));
    }),
  },
  {
    id: "JLP902",
    area: "features",
    title: "It works again after it was suspended",
    required: true,
    says: LIFECYCLE,
    why: "A suspended agent is one that the user will want again.",
    fix: "Let activate undo all that suspend did.",
    needs: ["first-contact", "phases"],
    judge: announced("lifecycle", "phases", (recording, recordings) => {
      if (!answersFlush(recordings)) return notApplicable("it answers no flush: see JLP301");
      const flush = flushFrom(recording);
      if (flush === undefined || hadEnded(recording, flush)) return NOT_SO_FAR;
      const [ack] = acksOf(recording, flush);
      return ack === undefined ? broken(inVain(recording)) : holds(shown(ack.line));
    }),
  },
  {
    id: "JLP903",
    area: "features",
    title: "It answers a throttle with what it tuned",
    required: true,
    says: THROTTLE,
    why: "The collector wants to know that it did less; else it takes sharper means.",
    fix: 'On throttle write {"type":"status","health":"ok","tuned":{"factor":4}}.',
    needs: ["throttled"],
    judge: announced("throttle", "throttled", (recording) => tuned(recording, "factor-4")),
  },
  {
    id: "JLP904",
    area: "features",
    title: "It answers the end of a throttle as well",
    required: true,
    says: THROTTLE,
    why: "Factor 1 means that there is time enough again; who does not hear that stays slow for ever.",
    fix: "Treat 1 like every other factor.",
    needs: ["throttled"],
    judge: announced("throttle", "throttled", (recording) =>
      tuned(recording, "factor-4").ok === true
        ? tuned(recording, "factor-1")
        : notApplicable("it answers no throttle: see JLP903"),
    ),
  },
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
      return frame === undefined ? broken(`no frame came; ${inVain(recording)}`) : holds(shown(frame.line));
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
      return ack === undefined ? broken(`no ack; ${inVain(recording)}`) : holds(shown(ack.line));
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
  {
    id: "JLP911",
    area: "features",
    title: "It answers every call with a result",
    required: true,
    says: "invoke {interface, method, params, context?}: result.",
    why: "Whoever called waits; without an answer until the time is over.",
    fix: 'Answer also what you do not offer: {"type":"result","id":"…","ok":false,"error":{"code":"unknown-method","message":"…"}}.',
    needs: ["invoked"],
    judge: announced("invoke", "invoked", (recording) => {
      const calls = told(recording, "invoke").filter((each) => !hadEnded(recording, each));
      if (calls.length === 0) return NOT_SO_FAR;
      const results = ofType(recording, "result");
      const [first] = results;
      if (results.length < calls.length || first === undefined) {
        return broken(`${calls.length} calls, ${results.length} results; ${inVain(recording)}`);
      }
      return holds(shown(first.line));
    }),
  },
  {
    id: "JLP912",
    area: "features",
    title: "Its results carry the id of their call",
    required: true,
    says: "result: id, ok, data or error.{code,message}.",
    why: "Several calls are under way at once; a result without its id answers none of them.",
    fix: "Copy the id of the invoke, as it came.",
    needs: ["invoked"],
    judge: announced("invoke", "invoked", (recording) => {
      const ids = told(recording, "invoke").map(({ id }) => id);
      const results = messages(recording, "result");
      const wrong = results.find(({ message }) => !ids.includes(message.id));
      const missing = ids.find((id) => results.every(({ message }) => message.id !== id));
      if (wrong !== undefined) return broken(`nobody called by that id: ${shown(wrong.line)}`);
      if (results.length < ids.length || missing === undefined) {
        return missing === undefined && ids.length > 0 ? holds(`${results.length} results`) : NOT_SO_FAR;
      }
      return broken(`no result carries ${missing}`);
    }),
  },
  {
    id: "JLP913",
    area: "features",
    title: "It refuses what it does not offer",
    required: false,
    says: "result: ok, data or error.{code,message}. Interfaces behind invoke.",
    why: "Whoever calls a method that is not there believes that it was done.",
    fix: 'Answer "ok":false with an error that names the interface.',
    needs: ["invoked"],
    judge: announced("invoke", "invoked", (recording) => {
      const results = messages(recording, "result");
      const wrong = results.find(({ message }) => message.ok);
      const [first] = results;
      if (wrong !== undefined) return broken(shown(wrong.line));
      return first === undefined ? NOT_SO_FAR : holds(shown(first.line));
    }),
  },
  {
    id: "JLP914",
    area: "features",
    title: "It goes on after it heard of a segment",
    required: true,
    says: 'segment {phase:"opened"|"closed", id}: none; only with feature segment.',
    why: "Segments open and close all day.",
    fix: "Take phase and id from params, and answer nothing.",
    needs: ["first-contact", "unanswered"],
    judge: announced("segment", "unanswered", (recording, recordings) => goesOn("segment", recording, recordings)),
  },
  {
    id: "JLP915",
    area: "features",
    title: "It goes on after it was delivered an event",
    required: true,
    says: "event {topic, from, data}: delivery to a subscriber.",
    why: "Events come from other plugins, with data that this one does not know.",
    fix: "Look at the topic first, and take nothing in data for granted.",
    needs: ["first-contact", "unanswered"],
    judge: announced("events", "unanswered", (recording, recordings) => goesOn("events", recording, recordings)),
  },
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

/** For agents that announce it. */
function announced(
  feature: string,
  scenario: string,
  judge: (recording: Recording, recordings: readonly Recording[]) => Finding,
): Judge {
  const doesNot = notApplicable(`it does not announce ${feature}`);
  return (recordings) => {
    const isAnnounced = recordings.some((recording) => features(recording).includes(feature));
    if (!isAnnounced) return doesNot;
    return inScenario(scenario, (recording) => judge(recording, recordings))(recordings);
  };
}

function tuned(recording: Recording, name: string): Finding {
  const here = step(recording, name);
  const throttle = told(recording, "throttle").find(({ index }) => here !== undefined && index >= here.after);
  if (throttle === undefined || hadEnded(recording, throttle)) return NOT_SO_FAR;
  const next = told(recording, "throttle").find(({ index }) => index > throttle.index);
  const statuses = between(ofType(recording, "status"), throttle.index, next?.index);
  const answer = statuses.find(({ object }) => object?.["tuned"] !== undefined && object["tuned"] !== null);
  if (answer !== undefined) return holds(shown(answer.line));
  return broken(`no status with tuned after ${shown(throttle.line)}; ${inVain(recording)}`);
}

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

/** Whether the flush of a step was acknowledged. */
function goesOn(name: string, recording: Recording, recordings: readonly Recording[]): Finding {
  if (!answersFlush(recordings)) return notApplicable("it answers no flush: see JLP301");
  const here = step(recording, name);
  const flush = here === undefined ? undefined : flushFrom(recording, here.after);
  if (here === undefined || flush === undefined) return NOT_SO_FAR;
  const [ack] = acksOf(recording, flush);
  return ack === undefined ? broken(inVain(recording)) : holds(shown(ack.line));
}
