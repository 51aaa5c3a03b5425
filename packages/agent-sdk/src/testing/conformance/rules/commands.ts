// 3xx: what the collector asks of every agent, and how it is answered.
import { answersFlush } from "../reading/abilities.ts";
import { inVain } from "../reading/endings.ts";
import { acksOf, flushFrom, hadEnded, ofType } from "../reading/flushes.ts";
import { between, type Message, messages, shown, step, type Told, told } from "../reading/lines.ts";
import type { Recording } from "../recording.ts";
import { broken, type Finding, holds, inScenario, notApplicable, type Rule } from "../rule.ts";

type Judge = (recordings: readonly Recording[]) => Finding;

const NOT_SO_FAR = notApplicable("it did not get that far");
const NO_FLUSH = notApplicable("it answers no flush: see JLP301");
const SEQUENCE = 'sequence ["stop","flush","shutdown"]: the steps in order, each with its ack.';

export const commandRules: readonly Rule[] = [
  {
    id: "JLP301",
    area: "commands",
    title: "It acknowledges a flush",
    required: true,
    says: "flush: one summary, then ack flush.",
    why: "The collector waits for this ack before it closes the window; without it each flush takes until its time is over.",
    fix: 'After the summary write {"type":"ack","ack_command":"flush","id":"<the command\'s id>"}.',
    needs: ["first-contact"],
    judge: inScenario("first-contact", acknowledges("flush")),
  },
  {
    id: "JLP302",
    area: "commands",
    title: "It says its status when it is asked",
    required: true,
    says: "status: one status.",
    why: "This is how the collector, and the user before the screen, learn how the agent is now.",
    fix: 'On the command status write {"type":"status","health":"ok"}.',
    needs: ["commands"],
    judge: inScenario("commands", (recording) => {
      const asked = askedAt(recording, "status");
      if (asked === undefined) return NOT_SO_FAR;
      const next = told(recording).find(({ index, cmd }) => index > asked.index && cmd !== "committed");
      const [answer] = between(ofType(recording, "status"), asked.index, next?.index);
      return answer === undefined ? broken(`no status came; ${inVain(recording, asked)}`) : holds(shown(answer.line));
    }),
  },
  {
    id: "JLP303",
    area: "commands",
    title: "It acknowledges a stop",
    required: true,
    says: "stop / start: sampling off / on, ack.",
    why: "The user pressed pause; only the ack tells that nothing is observed any more.",
    fix: 'Stop sampling, then write {"type":"ack","ack_command":"stop","id":"<the command\'s id>"}. Go on reading commands.',
    needs: ["commands"],
    judge: inScenario("commands", acknowledges("stop")),
  },
  {
    id: "JLP304",
    area: "commands",
    title: "It acknowledges a start",
    required: true,
    says: "stop / start: sampling off / on, ack.",
    why: "Only the ack tells that it observes again.",
    fix: 'Go on sampling, then write {"type":"ack","ack_command":"start","id":"<the command\'s id>"}; also when it samples already.',
    needs: ["commands"],
    judge: inScenario("commands", acknowledges("start")),
  },
  {
    id: "JLP305",
    area: "commands",
    title: "Its acks carry the id of the command",
    required: true,
    says: "cmd, optional id (echoed).",
    why: "Two flushes may be under way at once; only the id tells which one is done.",
    fix: 'Copy the id as it came: {"type":"ack","ack_command":"flush","id":"c1-2"}. No id in the command: none in the ack.',
    needs: ["commands"],
    judge: inScenario("commands", echoes),
  },
  {
    id: "JLP306",
    area: "commands",
    title: "It acknowledges a command once",
    required: true,
    says: "The reply to stop and start is one ack; to flush one summary, then ack flush.",
    why: "A second ack is taken for the ack of the next command.",
    fix: "Send the ack in one place only: where the command was carried out.",
    needs: ["commands"],
    judge: inScenario("commands", acknowledgesOnce),
  },
  {
    id: "JLP307",
    area: "commands",
    title: "It takes every step of a sequence",
    required: true,
    says: SEQUENCE,
    why: "A collector that ends sends stop, flush and shutdown as one command: what the agent leaves out is evidence that is lost.",
    fix: 'Read {"cmd":"sequence","sequence":["stop","flush","start"]} and do each step as if it had come alone, its ack included.',
    needs: ["first-contact", "commands"],
    judge: ofThoseThatObeyEach((sequence, acks) => {
      const lacking = stepsOf(sequence).filter((name) => acks.every(({ message }) => message.ack_command !== name));
      return lacking.length === 0
        ? holds(`${acks.length} acks`)
        : broken(`no ack for ${lacking.join(", ")} of ${shown(sequence.line)}`);
    }),
  },
  {
    id: "JLP308",
    area: "commands",
    title: "It takes the steps of a sequence in their order",
    required: true,
    says: SEQUENCE,
    why: "The last summary must know what was seen until the stop; another order loses the end of the window.",
    fix: "Finish one step, its ack included, before you begin the next.",
    needs: ["first-contact", "commands"],
    judge: ofThoseThatObeyEach((sequence, acks) => {
      const steps = stepsOf(sequence);
      const names = acks.map(({ message }) => message.ack_command);
      if (steps.some((name) => !names.includes(name))) return notApplicable("it leaves steps out: see JLP307");
      const inOrder = steps.every((name, index) => names[index] === name);
      return inOrder ? holds(names.join(", ")) : broken(`asked for ${steps.join(", ")}; acks: ${names.join(", ")}`);
    }),
  },
  {
    id: "JLP309",
    area: "commands",
    title: "It can be flushed while it is stopped",
    required: true,
    says: SEQUENCE,
    why: "What was seen until the stop is asked for after it.",
    fix: "Stop only what observes; go on reading commands and answering them.",
    needs: ["first-contact", "commands"],
    judge: ofThoseThatFlush((recording) => flushAt(recording, "stopped")),
  },
  {
    id: "JLP310",
    area: "commands",
    title: "It goes on after a stop and a start",
    required: true,
    says: "stop / start: sampling off / on, ack.",
    why: "A pause of the user's must not be the end.",
    fix: "Let start undo all that stop did: timers, threads, watchers.",
    needs: ["first-contact", "commands"],
    judge: ofThoseThatFlush((recording) =>
      flushAt(recording, "stopped").ok === false
        ? notApplicable("it answers no flush once it was stopped: see JLP309")
        : flushAt(recording, "started"),
    ),
  },
  {
    id: "JLP311",
    area: "commands",
    title: "It acknowledges only what it was told",
    required: false,
    says: "ack: ack_command, id?",
    why: "An ack for a command that nobody sent tells nobody anything, or is taken for another.",
    fix: 'Take ack_command from the cmd that came; the collector\'s own "ack" and "committed" want no answer.',
    needs: ["commands"],
    judge: inScenario("commands", (recording) => {
      const names = new Set(told(recording).flatMap((each) => [each.cmd ?? "", ...stepsOf(each)]));
      for (const name of ["ack", "committed"]) names.delete(name);
      const acks = messages(recording, "ack");
      const wrong = acks.find(({ message }) => !names.has(message.ack_command));
      if (acks.length === 0) return notApplicable("it sends no ack");
      return wrong === undefined ? holds(`${acks.length} acks`) : broken(shown(wrong.line));
    }),
  },
];

function askedAt(recording: Recording, name: string): Told | undefined {
  const here = step(recording, name);
  const asked = told(recording).find(
    ({ index, cmd }) => here !== undefined && index >= here.after && cmd !== "committed",
  );
  return asked === undefined || hadEnded(recording, asked) ? undefined : asked;
}

function acknowledges(cmd: string): (recording: Recording) => Finding {
  return (recording) => {
    const [asked] = told(recording, cmd);
    if (asked === undefined || hadEnded(recording, asked)) return NOT_SO_FAR;
    const [ack] = acksOf(recording, asked);
    if (ack !== undefined) return holds(shown(ack.line));
    return broken(`no ack after ${shown(asked.line)}; ${inVain(recording, asked)}`);
  };
}

function echoes(recording: Recording): Finding {
  const acks = messages(recording, "ack");
  for (const ack of acks) {
    const asked = told(recording).filter(
      (each) =>
        each.index < ack.index &&
        (each.cmd === ack.message.ack_command || stepsOf(each).includes(ack.message.ack_command)),
    );
    if (asked.length > 0 && asked.every(({ id }) => id !== ack.message.id)) {
      return broken(`${shown(asked.at(-1)?.line ?? "")} was answered by ${shown(ack.line)}`);
    }
  }
  const [first] = acks;
  return first === undefined ? notApplicable("it sends no ack") : holds(shown(first.line));
}

function acknowledgesOnce(recording: Recording): Finding {
  const acks = messages(recording, "ack").filter(({ message }) => message.id !== undefined);
  if (acks.length === 0) return notApplicable("it sends no ack with an id");
  const seen = new Set<string>();
  for (const { message, line } of acks) {
    const key = `${message.ack_command} ${message.id}`;
    if (seen.has(key)) return broken(`a second time: ${shown(line)}`);
    seen.add(key);
  }
  return holds(`${acks.length} acks`);
}

function stepsOf({ cmd, line }: Told): readonly string[] {
  if (cmd !== "sequence") return [];
  const { sequence } = JSON.parse(line) as { sequence?: unknown };
  return Array.isArray(sequence) ? sequence.filter((name) => typeof name === "string") : [];
}

/** Whether the flush of a step was acknowledged. */
function flushAt(recording: Recording, name: string): Finding {
  const here = step(recording, name);
  const flush = here === undefined ? undefined : flushFrom(recording, here.after);
  if (flush === undefined || hadEnded(recording, flush)) return NOT_SO_FAR;
  const [ack] = acksOf(recording, flush);
  return ack === undefined ? broken(`no ack; ${inVain(recording, flush)}`) : holds(shown(ack.line));
}

function ofThoseThatFlush(judge: (recording: Recording) => Finding): Judge {
  return (recordings) => (answersFlush(recordings) ? inScenario("commands", judge)(recordings) : NO_FLUSH);
}

/** For agents that obey each step where it comes alone. */
function ofThoseThatObeyEach(judge: (sequence: Told, acks: readonly Message<"ack">[]) => Finding): Judge {
  return ofThoseThatFlush((recording) => {
    const [sequence] = told(recording, "sequence");
    if (sequence === undefined || hadEnded(recording, sequence)) return NOT_SO_FAR;
    for (const name of ["stopped", "started"]) {
      if (flushAt(recording, name).ok !== true) return notApplicable("it does not answer each step alone");
    }
    for (const cmd of ["stop", "start"]) {
      if (acknowledges(cmd)(recording).ok !== true) return notApplicable("it does not answer each step alone");
    }
    return judge(sequence, between(messages(recording, "ack"), sequence.index));
  });
}
