// 6xx: what an agent has to live with.
import { endOf, inVain } from "../reading/endings.ts";
import { answersFlush } from "../reading/abilities.ts";
import { answersTo, between, marks, messages, said, shown, step, told } from "../reading/lines.ts";
import type { Recording } from "../recording.ts";
import { broken, type Finding, holds, inScenario, notApplicable, type Rule } from "../rule.ts";

type Judge = (recordings: readonly Recording[]) => Finding;

const TOLERANT =
  "Tolerant where the seeds differ: unknown fields are kept, what is no object of the protocol is ignored.";
const FIRST = "first-contact";

export const toleranceRules: readonly Rule[] = [
  {
    id: "JLP601",
    area: "tolerance",
    title: "It survives lines that are no JSON",
    required: true,
    says: TOLERANT,
    why: "A pipe may be cut, a collector may have a bug; an agent that dies of it takes its evidence along.",
    fix: "Catch what your JSON parser throws, and read on. Empty lines are nothing at all.",
    needs: [FIRST, "bad-lines"],
    judge: survives("no-json"),
  },
  {
    id: "JLP602",
    area: "tolerance",
    title: "It survives JSON that is no object",
    required: true,
    says: TOLERANT,
    why: "null, 42 and [] are JSON, and have no cmd: looking for one in them is what breaks.",
    fix: "After parsing, look whether it is an object before you read cmd.",
    needs: [FIRST, "bad-lines"],
    judge: survives("no-object"),
  },
  {
    id: "JLP603",
    area: "tolerance",
    title: "It survives objects without a command",
    required: true,
    says: "cmd is a text; a field of another type is no command.",
    why: "An agent must not fall over a field that is missing.",
    fix: "Ignore the line unless cmd is a text.",
    needs: [FIRST, "bad-lines"],
    judge: survives("no-command"),
  },
  {
    id: "JLP604",
    area: "tolerance",
    title: "It ignores commands it does not know",
    required: true,
    says: "0.4 is additive over 0.3: a later minor version may bring commands that are unknown today.",
    why: "A collector of a later version may have more to say than your agent knows.",
    fix: "Do nothing in the last branch of your switch; look names up in a table of your own, not in an object of the language.",
    needs: [FIRST, "bad-lines"],
    judge: survives("unknown-commands"),
  },
  {
    id: "JLP605",
    area: "tolerance",
    title: "It ignores fields it does not know",
    required: true,
    says: "Tolerant where the seeds differ: unknown fields are kept.",
    why: "Later versions add fields to commands you know.",
    fix: "Take from params what you need, and leave the rest.",
    needs: [FIRST, "line-ends"],
    judge: obeysAfter("unknown-fields"),
  },
  {
    id: "JLP606",
    area: "tolerance",
    title: "It reads commands with the line ends of Windows",
    required: true,
    says: "One per line (\\n; a trailing \\r is stripped).",
    why: "A collector on Windows, or a test written there, may end its lines with \\r\\n.",
    fix: "Strip a trailing \\r before you parse; JSON parsers take it for a space, comparisons of text do not.",
    needs: [FIRST, "line-ends"],
    judge: obeysAfter("crlf"),
  },
  {
    id: "JLP607",
    area: "tolerance",
    title: "It reads a command that comes in pieces",
    required: true,
    says: "UTF-8 JSON objects, one per line.",
    why: "A pipe delivers bytes, not lines: what one write sent, several reads may bring.",
    fix: "Keep what has no line end yet, and put what comes next behind it.",
    needs: [FIRST, "line-ends"],
    judge: obeysAfter("pieces"),
  },
  {
    id: "JLP608",
    area: "tolerance",
    title: "It reads commands that come together",
    required: true,
    says: "UTF-8 JSON objects, one per line.",
    why: "One read may bring several commands; the second must not be lost.",
    fix: "Split what you read at every \\n, and obey each line.",
    needs: [FIRST, "line-ends"],
    judge: together,
  },
  {
    id: "JLP609",
    area: "tolerance",
    title: "It survives bytes that are no UTF-8",
    required: true,
    says: "Not valid UTF-8: invalid-utf8.",
    why: "A strict decoder throws in the middle of reading, where nobody catches it.",
    fix: 'Read stdin as bytes, or decode with replacement (Python: errors="replace").',
    needs: [FIRST, "bad-lines"],
    judge: survives("invalid-utf8"),
  },
  {
    id: "JLP610",
    area: "tolerance",
    title: "It reads long lines",
    required: true,
    says: "A line may have up to max_line_bytes, 1 MiB at most.",
    why: "The ack holds the agent's settings, and these may be long; a reader with a fixed buffer stops there.",
    fix: "Let the buffer grow (Go: bufio.Scanner stops at 64 KiB unless told otherwise; use Reader.ReadBytes).",
    needs: [FIRST, "bad-lines"],
    judge: survives("long-line"),
  },
  {
    id: "JLP611",
    area: "tolerance",
    title: "It survives JSON that is nested very deep",
    required: false,
    says: "Nesting over 64: too-deep.",
    why: "Some parsers run out of stack, with an error of another kind than a syntax error.",
    fix: "Catch that one as well (Python: RecursionError).",
    needs: [FIRST, "bad-lines"],
    judge: survives("deep-nesting"),
  },
  {
    id: "JLP612",
    area: "tolerance",
    title: "It survives known commands with fields of a wrong type",
    required: false,
    says: "A field of a wrong type is none.",
    why: "No collector sends them; a bug in one must not end every agent.",
    fix: "Look at the type of what you take from params, and fall back to what held before.",
    needs: [FIRST, "bad-lines"],
    judge: survives("bad-fields"),
  },
  {
    id: "JLP613",
    area: "tolerance",
    title: "It waits out a collector that says nothing",
    required: true,
    says: "Flush: the collector asks every 60 s by default; the ack comes when the collector has judged the handshake.",
    why: "A collector that starts a hundred agents takes its time for each.",
    fix: "Do not give up waiting for the ack, and do not wait for it before you read commands.",
    needs: [FIRST, "silent-collector"],
    judge: afterPrecondition("silent-collector", "speaks"),
  },
  {
    id: "JLP614",
    area: "tolerance",
    title: "It survives a collector that does not read for a while",
    required: true,
    says: "stdout of a durable agent is never paused; of every other it may be.",
    why: "A busy collector lets the pipe fill; a write that blocks or fails then must not end the agent.",
    fix: "Wait until stdout takes more (a blocking write does that by itself), and do not treat it as an error.",
    needs: [FIRST, "back-pressure"],
    judge: afterPrecondition("back-pressure", "reads-again"),
  },
  {
    id: "JLP615",
    area: "tolerance",
    title: "It does not keep without bound what nobody reads",
    required: false,
    says: "ack: memory_mib.",
    why: "A collector may stand still for long; an agent that goes on answering into its own memory grows until it is ended.",
    fix: "Read no further command until stdout has taken the answer to the last one (a blocking write does that by itself), or drop the oldest.",
    needs: [FIRST, "back-pressure"],
    judge: ofThoseThatFlush("back-pressure", keepsWithinBounds),
  },
];

/** Whether the flush that followed bad lines of one kind was answered. */
function survives(kind: string): Judge {
  return ofThoseThatFlush("bad-lines", (recording) => {
    const steps = marks(recording, "step");
    const at = steps.findIndex(({ name }) => name === kind);
    const [here, next] = [steps[at], steps[at + 1]];
    if (here === undefined) return notApplicable("it did not get that far");
    const example = recording.lines.slice(here.after).find(({ dir, line }) => dir === "in" && line !== "");
    const text = shown(example?.line ?? "bytes that are no text", 60);
    return next === undefined
      ? broken(`after ${text} … ${inVain(recording, here)}`)
      : holds(`after ${text} it answered`);
  });
}

/** Whether the one flush of a step was answered. */
function obeysAfter(name: string): Judge {
  return ofThoseThatFlush("line-ends", (recording) => {
    const here = step(recording, name);
    if (here === undefined) return notApplicable("it did not get that far");
    const flush = told(recording, "flush").find(({ index }) => index >= here.after);
    const [answer] = flush === undefined ? [] : answersTo(recording, flush);
    return answer === undefined ? broken(inVain(recording, here)) : holds(shown(answer.line));
  });
}

function together(recordings: readonly Recording[]): Finding {
  return ofThoseThatFlush("line-ends", (recording) => {
    const here = step(recording, "at-once");
    if (here === undefined) return notApplicable("it did not get that far");
    const acks = between(messages(recording, "ack"), here.after).filter(
      ({ message }) => message.ack_command === "flush",
    );
    if (acks.length >= 3) return holds("three flushes in one write, three acks");
    return broken(`three flushes in one write, ${acks.length} acks; ${inVain(recording, here)}`);
  })(recordings);
}

/** Whether the flush after a step was answered. */
function afterPrecondition(scenario: string, name: string): Judge {
  return ofThoseThatFlush(scenario, (recording) => {
    const here = step(recording, name);
    if (here === undefined) return notApplicable("it did not get that far");
    const flush = told(recording, "flush").find(({ index }) => index >= here.after);
    const [answer] = flush === undefined ? [] : answersTo(recording, flush);
    if (answer !== undefined) return holds(shown(answer.line));
    return broken(`${inVain(recording, here)}; ${said(recording).length} lines came in all`);
  });
}

function keepsWithinBounds(recording: Recording): Finding {
  const from = step(recording, "reads-nothing");
  const to = step(recording, "reads-again");
  if (from === undefined || to === undefined) return notApplicable("it did not get that far");
  const asked = told(recording, "start").filter(({ index }) => index >= from.after && index < to.after);
  if (step(recording, "all-taken") === undefined) return holds(`it read no further after ${asked.length} commands`);
  if (endOf(recording) !== undefined) return notApplicable("it ended before it could answer");
  const ids = new Set(messages(recording, "ack").map(({ message }) => message.id));
  const answered = asked.filter(({ id }) => ids.has(id)).length;
  if (answered < asked.length) return holds(`${asked.length} commands came, ${answered} were answered later`);
  return broken(`it took ${asked.length} commands while nobody read, and kept the answer to each`);
}

function ofThoseThatFlush(scenario: string, judge: (recording: Recording) => Finding): Judge {
  return (recordings) =>
    answersFlush(recordings)
      ? inScenario(scenario, judge)(recordings)
      : notApplicable("it answers no flush: see JLP301");
}
