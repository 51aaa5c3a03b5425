import type { ControlEvent, ControlNotice, LogLine } from "@mimolo/protocol";
import { withAgentState, withBeat, withHeartbeat } from "./agents.ts";
import { newest } from "./ring.ts";
import { madeUp, withSegment } from "./segments.ts";
import type { ChangeKind, EvidenceRecord, LiveState } from "./state.ts";

const MOST_RECORDS = 500;
const MOST_LINES = 500;

type Draft = { -readonly [Key in keyof LiveState]: LiveState[Key] };

/** What a batch of messages comes to; `statusIsOld`: something in it says that the list of agents has to be read anew. */
export interface TakenIn {
  readonly state: LiveState;
  readonly statusIsOld: boolean;
}

/** Takes in what the collector told, in its order. The work goes by the batch, not by what is held. */
export function takeIn(held: LiveState, messages: readonly (ControlEvent | ControlNotice)[]): TakenIn {
  const draft: Draft = { ...held };
  const changed = new Set<ChangeKind>();
  const records: EvidenceRecord[] = [];
  const lines: LogLine[] = [];
  let statusIsOld = false;
  for (const message of messages) {
    if ("seq" in message) draft.seq = Math.max(draft.seq, message.seq);
    switch (message.type) {
      case "agent:state": {
        const agents = draft.agents === null ? null : withAgentState(draft.agents, message);
        draft.agents = agents ?? draft.agents;
        changed.add("agents");
        statusIsOld = true;
        break;
      }
      case "agent:heartbeat":
        if (draft.agents !== null) draft.agents = withHeartbeat(draft.agents, message);
        draft.beats = withBeat(draft.beats, message);
        break;
      case "evidence:committed":
        records.push(message.record);
        changed.add("evidence");
        break;
      case "segment:opened":
      case "segment:extended":
      case "segment:closed":
      case "segment:revised": {
        const { type, at: _, seq: __, ...rest } = message;
        const { replaces = [], ...segment } = "replaces" in rest ? rest : { ...rest, replaces: [] };
        // A revised one is still open where it takes the open one's place.
        const isOpen =
          type === "segment:opened" ||
          type === "segment:extended" ||
          (type === "segment:revised" && draft.open !== null && [segment.id, ...replaces].includes(draft.open.id));
        if (draft.resuming !== null) draft.resuming = [...draft.resuming, segment.id];
        if (Date.parse(segment.end) >= draft.segmentsFromMs)
          Object.assign(draft, withSegment(draft, segment, isOpen, replaces));
        changed.add("segments");
        break;
      }
      case "plugin:installed":
      case "plugin:activated":
      case "plugin:deactivated":
      case "plugin:unloaded":
        changed.add("plugins");
        statusIsOld = true;
        break;
      case "widget:frame":
        draft.frames = { ...draft.frames, [message.label]: (draft.frames[message.label] ?? 0) + 1 };
        break;
      case "log":
        lines.push(message.line);
        break;
      case "subscribed":
        // What was missed is still to come: whoever is cut off before has to ask for it again.
        if (draft.resuming === null) draft.seq = Math.max(draft.seq, message.through);
        break;
      case "resumed":
        draft.seq = Math.max(draft.seq, message.through);
        if (message.segments_from !== null) {
          Object.assign(draft, madeUp(draft, message.segments_from, draft.resuming ?? []));
          changed.add("segments");
        }
        draft.resuming = null;
        break;
      case "shed":
        draft.shed += Object.values(message.dropped).reduce((sum, each) => sum + each, 0);
        statusIsOld = true;
        break;
      case "plugin:message":
      case "plugin:command":
      case "error":
        break;
    }
  }
  draft.records = newest(draft.records, records, MOST_RECORDS);
  draft.log = newest(draft.log, lines, MOST_LINES);
  draft.changes = withChanges(draft.changes, changed);
  return { state: draft, statusIsOld };
}

export function withChanges(
  changes: LiveState["changes"],
  changed: Iterable<ChangeKind>,
): Readonly<Record<ChangeKind, number>> {
  const next = { ...changes };
  for (const kind of changed) next[kind] += 1;
  return next;
}
