// The kit against agents that are broken in one place each: it must name that place, and no other.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkConformance, rules } from "../../src/testing/index.ts";

/** What each breaks. Advice counts as well: nothing else may be said of it. */
const BROKEN: Readonly<Record<string, `JLP${number}`>> = {
  "waits-for-the-collector": "JLP101",
  "status-before-handshake": "JLP102",
  "has-no-version": "JLP103",
  "speaks-another-major": "JLP104",
  "stays-when-rejected": "JLP107",
  "wants-all-terms": "JLP108",
  "refuses-later-minors": "JLP109",
  "metadata-before-handshake": "JLP110",
  "prints-a-banner": "JLP201",
  "prints-what-it-does": "JLP201",
  "writes-latin-1": "JLP202",
  "writes-endless-lines": "JLP203",
  "nests-too-deep": "JLP204",
  "says-no-type": "JLP205",
  "logs-too-loud": "JLP206",
  "tells-local-time": "JLP207",
  "forgets-the-last-line-end": "JLP209",
  "floods-at-the-start": "JLP211",
  "does-not-acknowledge-flush": "JLP301",
  "keeps-its-status-to-itself": "JLP302",
  "does-not-acknowledge-stop": "JLP303",
  "does-not-acknowledge-start": "JLP304",
  "forgets-ids": "JLP305",
  "acknowledges-twice": "JLP306",
  "takes-the-first-step-only": "JLP307",
  "takes-steps-backwards": "JLP308",
  "is-deaf-while-stopped": "JLP309",
  "never-starts-again": "JLP310",
  "has-nothing-to-say": "JLP401",
  "says-everything-twice": "JLP402",
  "acknowledges-first": "JLP403",
  "drops-what-is-pending": "JLP404",
  "keeps-alive-in-quotes": "JLP405",
  "names-absolute-paths": "JLP407",
  "names-no-stream": "JLP411",
  "gives-no-numbers": "JLP412",
  "skips-numbers": "JLP413",
  "changes-what-it-sends-again": "JLP414",
  "loses-its-spool-when-killed": "JLP415",
  "sends-all-history-again": "JLP416",
  "insists-on-what-was-refused": "JLP417",
  "knows-no-window": "JLP418",
  "beats-only-when-all-is-committed": "JLP419",
  "is-stuck-once-it-was-full": "JLP420",
  "gives-numbers-that-are-taken": "JLP421",
  "never-beats": "JLP501",
  "beats-when-it-likes": "JLP502",
  "says-no-status-at-the-start": "JLP505",
  "is-fine": "JLP506",
  "is-silent-while-stopped": "JLP507",
  "dies-of-bad-json": "JLP601",
  "dies-of-null": "JLP602",
  "dies-of-unknown-commands": "JLP604",
  "dies-of-unknown-fields": "JLP605",
  "knows-one-line-end": "JLP606",
  "takes-chunks-for-lines": "JLP607",
  "has-a-short-buffer": "JLP610",
  "gives-up-waiting": "JLP613",
  "dies-when-nobody-reads": "JLP614",
  "keeps-what-nobody-reads": "JLP615",
  "ignores-shutdown": "JLP701",
  "ends-with-three": "JLP702",
  "leaves-a-child-behind": "JLP703",
  "leaves-a-daemon-behind": "JLP703",
  "outlives-its-stdin": "JLP704",
  "takes-the-end-for-a-failure": "JLP705",
  "ignores-sigterm": "JLP707",
  "waits-for-its-last-word": "JLP712",
  "never-rests": "JLP801",
  "takes-much-memory": "JLP802",
  "writes-into-the-home": "JLP804",
  "does-not-acknowledge-unload": "JLP901",
  "stays-suspended": "JLP902",
  "does-not-say-what-it-tuned": "JLP903",
  "does-not-hear-the-all-clear": "JLP904",
  "draws-nothing": "JLP905",
  "draws-for-nobody": "JLP906",
  "draws-without-a-picture": "JLP907",
  "does-not-acknowledge-a-refresh": "JLP908",
  "refreshes-no-frame": "JLP909",
  "refreshes-no-evidence": "JLP910",
  "leaves-callers-waiting": "JLP911",
  "answers-somebody-else": "JLP912",
  "dies-of-a-segment": "JLP914",
  "dies-of-an-event": "JLP915",
  "forgets-its-data-header": "JLP916",
};

const WHOLE = ["plain", "whole"];
/** Mostly they wait. */
const AT_ONCE = 8;
/** A run of the tests takes so many, each day others; `MIMOLO_MATRIX=all` takes every one, in some three minutes. */
const A_DAY = process.env["MIMOLO_MATRIX"] === "all" ? Number.POSITIVE_INFINITY : 44;
const folder = fileURLToPath(new URL("../conformance/broken/", import.meta.url));

async function brokenRulesOf(name: string): Promise<string[]> {
  const { rules: reports } = await checkConformance([process.execPath, `${folder}${name}.mjs`]);
  return reports.filter(({ ok }) => ok === false).map(({ id, seen }) => `${id} ${seen}`);
}

test("every broken agent is in the list, and breaks a rule that there is", () => {
  const files = readdirSync(folder).map((name) => name.replace(/\.mjs$/, ""));
  expect(files.toSorted()).toEqual([...Object.keys(BROKEN), ...WHOLE, "base"].toSorted());
  const ids: readonly string[] = rules.map(({ id }) => id);
  expect(Object.values(BROKEN).filter((id) => !ids.includes(id))).toEqual([]);
});

/** From another place on each day, round and round. */
function ofToday(names: readonly string[]): readonly string[] {
  const from = (Math.floor(Date.now() / 86_400_000) * 44) % names.length;
  return [...names.slice(from), ...names.slice(0, from)].slice(0, A_DAY);
}

test("each broken agent breaks its own rule and no other; the whole ones break none", async () => {
  const waiting = [...WHOLE, ...ofToday(Object.keys(BROKEN))];
  const wrong: Record<string, readonly string[]> = {};
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const seen = await brokenRulesOf(name);
      const expected = BROKEN[name] === undefined ? [] : [BROKEN[name]];
      if (seen.map((text) => text.slice(0, 6)).join(" ") !== expected.join(" ")) wrong[name] = seen;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(wrong).toEqual({});
}, 600_000);
