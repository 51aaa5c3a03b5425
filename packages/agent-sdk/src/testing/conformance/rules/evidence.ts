// 4xx: what an agent saw, and that none of it is lost.
import { hasToDoWith, isMonitor } from "../reading/announced.ts";
import { answersFlush } from "../reading/abilities.ts";
import { endOf } from "../reading/endings.ts";
import { acksOf, ofType } from "../reading/flushes.ts";
import { isDurable } from "../reading/numbered.ts";
import { between, messages, type Said, said, shown, step, told } from "../reading/lines.ts";
import type { Recording } from "../recording.ts";
import { broken, everywhere, type Finding, holds, inScenario, notApplicable, type Rule } from "../rule.ts";

type Judge = (recordings: readonly Recording[]) => Finding;

const NOT_SO_FAR = notApplicable("it did not get that far");
const NO_SUMMARIES = notApplicable("it sends no summaries");
const FLUSH = "flush: one summary, then ack flush.";

export const evidenceRules: readonly Rule[] = [
  {
    id: "JLP401",
    area: "evidence",
    title: "It answers a flush with a summary",
    required: true,
    says: FLUSH,
    why: "What it saw since the last one is in the summary, and nowhere else; an empty one says that nothing was to be seen.",
    fix: 'On flush write {"type":"summary","data":{…}} and then the ack; also when nothing happened.',
    needs: ["first-contact", "flushes"],
    judge: ofThoseThatFlush((windows) => {
      const empty = windows.find(({ before, late }) => before.length + late.length === 0);
      return empty === undefined
        ? holds(shown(windows[0]?.before[0]?.line ?? windows[0]?.late[0]?.line ?? ""))
        : broken(`no summary between ${shown(empty.flush)} and the next command`);
    }),
  },
  {
    id: "JLP402",
    area: "evidence",
    title: "It sends one summary for a flush",
    required: true,
    says: FLUSH,
    why: "Each summary is one window of the user's time: a second one for the same window counts it twice.",
    fix: "Put everything since the last flush into one summary.",
    needs: ["first-contact", "flushes"],
    judge: ofThoseThatFlush((windows) => {
      const wrong = windows.find(({ before }) => before.length > 1);
      return wrong === undefined
        ? holds("one")
        : broken(`${wrong.before.length}; the second: ${shown(wrong.before[1]?.line ?? "")}`);
    }),
  },
  {
    id: "JLP403",
    area: "evidence",
    title: "Its summary comes before the ack of the flush",
    required: true,
    says: FLUSH,
    why: "The ack says that the window is closed: what comes after it counts for the next one, or comes too late for a report.",
    fix: "Write the summary first, and the ack when it is written.",
    needs: ["first-contact", "flushes"],
    judge: ofThoseThatFlush((windows) => {
      const wrong = windows.find(({ before, late }) => before.length === 0 && late.length > 0);
      return wrong === undefined ? holds("it does") : broken(`after the ack: ${shown(wrong.late[0]?.line ?? "")}`);
    }),
  },
  {
    id: "JLP404",
    area: "evidence",
    title: "It sends what is pending before it ends",
    required: true,
    says: "shutdown: final summary if anything is pending, ack (optional), exit 0.",
    why: "What was seen since the last flush would be lost with every stop.",
    fix: "On shutdown send a last summary if anything is left to tell: before the ack, and before you exit. metrics.pending of a heartbeat says how much that is.",
    needs: ["heartbeats"],
    judge: inScenario("heartbeats", (recording) => {
      const [shutdown] = told(recording, "shutdown");
      if (shutdown === undefined || endOf(recording) === undefined) return NOT_SO_FAR;
      const beat = ofType(recording, "heartbeat").findLast(({ index }) => index < shutdown.index);
      const pending = (beat?.object?.["metrics"] as { pending?: unknown } | undefined)?.pending;
      if (typeof pending !== "number" || pending <= 0) return notApplicable("its heartbeats say of nothing pending");
      const late = said(recording).filter(({ index }) => index > (beat?.index ?? 0));
      const final = late.find(({ object }) => object?.["type"] === "summary");
      return final === undefined
        ? broken(`no summary came after ${shown(beat?.line ?? "")}`)
        : holds(shown(final.line));
    }),
  },
  {
    id: "JLP405",
    area: "evidence",
    title: "Its activity signals are what they must be",
    required: true,
    says: "activity_signal: mode active|passive; keep_alive true|false|null (null for passive only); reason?.",
    why: "The signal makes the user's timeline; a summary with a faulty one is refused, and its evidence is lost.",
    fix: 'Write "activity_signal":{"mode":"active","keep_alive":true}: true and false without quotes, null only with "passive".',
    isLive: true,
    judge: everywhere(
      faultIn(/^data\.activity_signal/, (data) => data["activity_signal"] !== undefined, "activity signal"),
    ),
  },
  {
    id: "JLP406",
    area: "evidence",
    title: "Its summaries say whether there was work",
    required: false,
    says: "A summary without an activity_signal is passive.",
    why: "Passive summaries never begin a stretch of work: the user's timeline stays empty.",
    fix: 'Add "activity_signal":{"mode":"active","keep_alive":false}; or {"mode":"passive","keep_alive":null} where it cannot know.',
    isLive: true,
    judge: everywhere((recording) => {
      const summaries = messages(recording, "summary");
      const wrong = summaries.find(({ message }) => message.data.activity_signal === undefined);
      if (summaries.length === 0) return NO_SUMMARIES;
      return wrong === undefined ? holds(shown(summaries[0]?.line ?? "")) : broken(shown(wrong.line));
    }),
  },
  {
    id: "JLP407",
    area: "evidence",
    title: "It refers to its files as the collector expects",
    required: true,
    says: "An artifact reference: artifact_id rel_path (inside the agent's own folder, never absolute) sha256 bytes mime captured_at retention_class.",
    why: "A reference that leads elsewhere is refused, and the summary with it.",
    fix: 'Write "rel_path":"pictures/1.png" (relative to MIMOLO_AGENT_DATA_DIR), sha256 in small hex, bytes as a number, captured_at with a zone, retention_class "ephemeral", "retained" or "archived".',
    isLive: true,
    judge: everywhere(faultIn(/^data\.artifacts/, (data) => data["artifacts"] !== undefined, "reference to a file")),
  },
];

interface Window {
  readonly flush: string;
  /** Summaries between the flush and its ack, and from there to the next flush. */
  readonly before: readonly Said[];
  readonly late: readonly Said[];
}

/** The flushes that were acknowledged and followed by another word, of agents that send summaries. */
function ofThoseThatFlush(judge: (windows: readonly Window[]) => Finding): Judge {
  return (recordings) => {
    if (!answersFlush(recordings)) return notApplicable("it answers no flush: see JLP301");
    return inScenario("flushes", (recording) => {
      if (!hasToDoWith(recording, "summary")) return notApplicable("it does not announce summary");
      if (isMonitor(recording)) return notApplicable("it is a monitor: its evidence is events");
      if (isDurable(recording) && messages(recording, "handshake")[0]?.message.stream === undefined) {
        return notApplicable("nothing can be committed to it: see JLP411");
      }
      const windows = windowsOf(recording);
      return windows.length === 0 || step(recording, "end") === undefined ? NOT_SO_FAR : judge(windows);
    })(recordings);
  };
}

function windowsOf(recording: Recording): Window[] {
  const summaries = ofType(recording, "summary");
  const all = told(recording, "flush");
  return all.flatMap((flush, index) => {
    const [ack] = acksOf(recording, flush);
    if (ack === undefined) return [];
    return [
      {
        flush: flush.line,
        before: between(summaries, flush.index, ack.index),
        late: between(summaries, ack.index, all[index + 1]?.index),
      },
    ];
  });
}

/** Summaries that were refused for a field of that name; `has` tells which have it at all. */
function faultIn(field: RegExp, has: (data: Readonly<Record<string, unknown>>) => boolean, what: string) {
  return (recording: Recording): Finding => {
    const summaries = ofType(recording, "summary").filter(({ object }) => {
      const data = object?.["data"];
      return typeof data === "object" && data !== null && has(data as Readonly<Record<string, unknown>>);
    });
    const [first] = summaries;
    if (first === undefined) return notApplicable(`it sends no ${what}`);
    for (const { decoded, line } of summaries) {
      if (!decoded.ok && field.test(decoded.field ?? "")) return broken(`${decoded.message}: ${shown(line, 400)}`);
    }
    return holds(shown(first.line));
  };
}
