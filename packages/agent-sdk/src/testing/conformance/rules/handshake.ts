// 1xx: who it is, and which version of the protocol it speaks.
import { FEATURES, negotiateVersion, PROTOCOL_VERSION } from "@mimolo/protocol/wire";
import { NOBODY_ELSE } from "../../process/places.ts";
import { endOf, inVain } from "../reading/endings.ts";
import { answersFlush } from "../reading/abilities.ts";
import { features, messages, type Said, said, shown, told } from "../reading/lines.ts";
import type { Recording } from "../recording.ts";
import { broken, everywhere, type Finding, holds, inScenario, notApplicable, type Rule } from "../rule.ts";

const STANDS_FOR_IT: readonly string[] = ["heartbeat", "summary", "status", "error"];
const NO_HANDSHAKE = notApplicable("it sends no handshake");

export const handshakeRules: readonly Rule[] = [
  {
    id: "JLP101",
    area: "handshake",
    title: "It introduces itself unasked",
    required: true,
    says: "A first valid heartbeat, summary, status or error stands for a missing 0.3 handshake.",
    why: "The collector waits for the first message before it sends anything; an agent that waits for the collector waits for ever.",
    fix: "Write a handshake line to stdout as the first thing, and flush stdout after each line.",
    needs: ["first-contact"],
    judge: inScenario("first-contact", (recording) => {
      const known = messages(recording).find(
        ({ message: { type } }) => type === "handshake" || STANDS_FOR_IT.includes(type),
      );
      if (known !== undefined) return holds(shown(known.line));
      if (handshakeLine(recording) !== undefined) return notApplicable("its handshake is not valid: see JLP103");
      const [line] = said(recording);
      if (line === undefined) return broken(["it wrote nothing on stdout", inVain(recording)].join("; "));
      return broken(`no handshake, heartbeat, summary, status or error; its first line: ${shown(line.line)}`);
    }),
  },
  {
    id: "JLP102",
    area: "handshake",
    title: "Its handshake comes before everything else it says of itself",
    required: true,
    says: "A first valid heartbeat, summary, status or error stands for a missing 0.3 handshake (no ack is sent then).",
    why: "The first of these messages decides: a handshake after it comes too late, and is not acknowledged.",
    fix: "Send the handshake first, and start heartbeats and samples after it.",
    isLive: true,
    judge: everywhere((recording) => {
      const handshake = handshakeLine(recording);
      if (handshake === undefined) return NO_HANDSHAKE;
      const before = messages(recording).find(
        ({ index, message: { type } }) => index < handshake.index && STANDS_FOR_IT.includes(type),
      );
      return before === undefined
        ? holds(shown(handshake.line))
        : broken(`before its handshake: ${shown(before.line)}`);
    }),
  },
  {
    id: "JLP103",
    area: "handshake",
    title: "Its handshake has what a handshake must have",
    required: true,
    says: "handshake: protocol_version MAJOR.MINOR, agent_version semver.",
    why: "A handshake that cannot be read is none: the agent gets neither its settings nor its intervals.",
    fix: `Send "protocol_version":"${PROTOCOL_VERSION}" and "agent_version" as three numbers, such as "1.0.0".`,
    isLive: true,
    judge: everywhere((recording) => {
      const handshake = handshakeLine(recording);
      if (handshake === undefined) return NO_HANDSHAKE;
      const { decoded, line } = handshake;
      if (!decoded.ok && decoded.field === "timestamp") return notApplicable("its timestamp is wrong: see JLP207");
      return decoded.ok ? holds(shown(line)) : broken(`${decoded.message}: ${shown(line)}`);
    }),
  },
  {
    id: "JLP104",
    area: "handshake",
    title: "It speaks a version of the protocol that collectors of today speak",
    required: true,
    says: "Version rule: same major, any minor, the collector speaks the lower minor; otherwise reject.",
    why: "A collector of another major version rejects it.",
    fix: `Say "protocol_version":"${PROTOCOL_VERSION}".`,
    isLive: true,
    judge: everywhere((recording) => {
      const [handshake] = messages(recording, "handshake");
      if (handshake === undefined) return NO_HANDSHAKE;
      const spoken = handshake.message.protocol_version;
      if (negotiateVersion(spoken).ok) return holds(`it speaks ${spoken}`);
      return broken(`it speaks ${spoken}, and collectors ${PROTOCOL_VERSION}: ${shown(handshake.line)}`);
    }),
  },
  {
    id: "JLP105",
    area: "handshake",
    title: "It introduces itself once",
    required: false,
    says: "A first valid message stands for a missing handshake; each handshake is answered.",
    why: "A second handshake in one life looks like a second agent, and is only noise.",
    fix: "Send the handshake at the start of the process, and not when the collector's ack comes.",
    isLive: true,
    judge: everywhere((recording) => {
      const all = messages(recording, "handshake");
      const lives = recording.marks.filter(({ what }) => what === "started").length;
      if (all.length === 0) return NO_HANDSHAKE;
      return all.length <= Math.max(1, lives)
        ? holds("one handshake")
        : broken(`${all.length} handshakes; the last: ${shown(all.at(-1)?.line ?? "")}`);
    }),
  },
  {
    id: "JLP106",
    area: "handshake",
    title: "It announces only features that are known",
    required: false,
    says: `Features: ${FEATURES.join(" ")}.`,
    why: "A misspelt feature is ignored: the collector never sends the commands that belong to it.",
    fix: "Look at the spelling of what stands in capabilities.",
    isLive: true,
    judge: everywhere((recording) => {
      if (messages(recording, "handshake").length === 0) return NO_HANDSHAKE;
      const unknown = features(recording).filter((name) => !(FEATURES as readonly string[]).includes(name));
      return unknown.length === 0 ? holds(features(recording).join(" ")) : broken(`nobody knows ${unknown.join(", ")}`);
    }),
  },
  {
    id: "JLP107",
    area: "handshake",
    title: "It ends when it is rejected",
    required: true,
    says: "reject {reason}, instead of ack: the agent exits.",
    why: "The collector has no use for it; an agent that stays costs the user memory for nothing.",
    fix: "On the command reject, write its reason to stderr and exit.",
    needs: ["rejected"],
    judge: inScenario("rejected", (recording) => {
      const [reject] = told(recording, "reject");
      if (reject === undefined) return NO_HANDSHAKE;
      const end = endOf(recording);
      return end === undefined ? broken("it was still there 10 s after the reject") : holds("it ended");
    }),
  },
  {
    id: "JLP108",
    area: "handshake",
    title: "It works with a collector of an older minor version",
    required: true,
    says: "The collector speaks the lower minor; to an agent that speaks 0.3, params is repeated as args.",
    why: "Users upgrade their collector later than their plugins.",
    fix: "Read params, then args; take nothing in the ack for granted but accepted.",
    needs: ["first-contact", "older-collector"],
    judge: afterFlush("older-collector"),
  },
  {
    id: "JLP109",
    area: "handshake",
    title: "It works with a collector of a newer minor version",
    required: true,
    says: "Version rule: same major, any minor. Unknown fields are kept.",
    why: "Users upgrade their collector sooner than their plugins.",
    fix: "Ignore fields you do not know, and compare only the major number of protocol_version.",
    needs: ["first-contact", "newer-collector"],
    judge: afterFlush("newer-collector"),
  },
  {
    id: "JLP110",
    area: "handshake",
    title: "Its metadata come after its handshake",
    required: true,
    says: "metadata: after the handshake.",
    why: "Metadata of an agent that nobody knows yet are of nobody.",
    fix: "Send metadata after the handshake.",
    isLive: true,
    judge: everywhere((recording) => {
      const [first] = messages(recording, "metadata");
      const handshake = handshakeLine(recording);
      if (first === undefined || handshake === undefined) return notApplicable("it sends no metadata, or no handshake");
      return first.index > handshake.index ? holds(shown(first.line)) : broken(`it came first: ${shown(first.line)}`);
    }),
  },
  {
    id: "JLP111",
    area: "handshake",
    title: "What it says of its own name is true",
    required: false,
    says: "agent_id, agent_label: the collector knows whom it spawned and overrides a false claim (logged once).",
    why: "A false name is overridden, and a warning stands in the user's log.",
    fix: "Leave agent_id and agent_label out, or take them from MIMOLO_AGENT_ID and MIMOLO_AGENT_LABEL.",
    judge: everywhere((recording) => {
      const claims = messages(recording).filter(
        ({ message: { agent_id: id, agent_label: label } }) => id !== undefined || label !== undefined,
      );
      const [first] = claims;
      if (first === undefined) return notApplicable("it says no name");
      const wrong = claims.find(
        ({ message: { agent_id: id = NOBODY_ELSE.instanceId, agent_label: label = NOBODY_ELSE.label } }) =>
          id !== NOBODY_ELSE.instanceId || label !== NOBODY_ELSE.label,
      );
      return wrong === undefined ? holds(shown(first.line)) : broken(shown(wrong.line));
    }),
  },
];

/** The first line that says it is a handshake, valid or not. */
function handshakeLine(recording: Recording): Said | undefined {
  return said(recording).find(({ object }) => object?.["type"] === "handshake");
}

/** The ack of the flush of a scenario, for agents that answer flushes at all. */
function afterFlush(scenario: string): (recordings: readonly Recording[]) => Finding {
  return (recordings) => {
    if (!answersFlush(recordings)) return notApplicable("it answers no flush: see JLP301");
    return inScenario(scenario, (recording) => {
      if (told(recording, "flush").length === 0) return notApplicable("it sends no handshake, or none in time");
      const ack = messages(recording, "ack").find(({ message }) => message.ack_command === "flush");
      return ack === undefined ? broken(inVain(recording)) : holds(shown(ack.line));
    })(recordings);
  };
}
