// 911 and on: invoke.
import { inVain } from "../../reading/endings.ts";
import { hadEnded, ofType } from "../../reading/flushes.ts";
import { messages, shown, told } from "../../reading/lines.ts";
import { broken, holds, type Rule } from "../../rule.ts";
import { announced, NOT_SO_FAR } from "./announced.ts";

export const callRules: readonly Rule[] = [
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
        return broken(`${calls.length} calls, ${results.length} results; ${inVain(recording, calls[0])}`);
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
];
