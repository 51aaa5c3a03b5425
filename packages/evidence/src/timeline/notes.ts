import type { LineText } from "@mimolo/ledger";
import type { EvidenceRecord } from "@mimolo/protocol";
import { PlainRecords } from "../plain-record.ts";
import { recordOf } from "../reader.ts";
import type { Noted } from "./fact.ts";
import { type ObservedMessage, observationOf, observationOfMessage } from "./observation.ts";
import { keepTexts } from "./texts.ts";

/** Tells what a timeline needs of records and nothing more. */
export class Notes {
  readonly #keep = keepTexts();
  readonly #plain = new PlainRecords();

  of(record: EvidenceRecord): Noted {
    if (record.kind === "clock_step" || record.kind === "agent_state") return { seq: record.seq, kind: "nothing" };
    if (record.kind !== "message" && record.kind !== "import") return record;
    return { seq: record.seq, kind: "observation", observation: observationOf(record, this.#keep) };
  }

  /** The same of a record's line; `null` for one that is no record. */
  ofLine(line: LineText): Noted | null {
    const plain = typeof line === "string" ? this.#plain.read(line) : null;
    if (plain !== null) return this.ofMessage(plain);
    const record = recordOf(line);
    return record === null ? null : this.of(record);
  }

  /** The same of a message whose record was just written. */
  ofMessage(observed: ObservedMessage): Noted {
    return { seq: observed.seq, kind: "observation", observation: observationOfMessage(observed, this.#keep) };
  }
}
