import { previewDraft } from "../../privacy/draft.ts";
import { AtOnce } from "../at-once.ts";
import { about, type Api } from "../route.ts";
import { NoQuery } from "../shapes/asked.ts";
import { PrivacyDraft, PrivacyDraftReport } from "../shapes/privacy.ts";
import type { CollectorView } from "../view.ts";

/** Older records are not looked at: an answer comes while somebody types. */
const MOST_RECORDS = 20_000;

/** Each reads as many records, and somebody who types asks often. */
const MOST_AT_ONCE = 2;

/** What privacy rules would do, before they are in force. */
export function privacyRoutes(api: Api, view: CollectorView): void {
  const previews = new AtOnce(MOST_AT_ONCE, { what: "previews of privacy rules", retryAfterS: 1 });
  api.post(
    "/privacy/preview",
    {
      config: { scope: "read" },
      schema: {
        querystring: NoQuery,
        body: PrivacyDraft,
        ...about({
          id: "previewPrivacy",
          summary: "What rules would have done to the newest records; nothing is changed.",
          tag: "evidence",
          description:
            "Without `rules` those in force are tried. The newest 20,000 records are looked at. Two at once, others are told to come again.",
          answers: PrivacyDraftReport,
          refuses: ["too-many-requests"],
        }),
      },
    },
    async ({ body: { rules, limit = 20, from, to } = {} }) => {
      const tried = rules?.map((rule, index) => ({ ...rule, name: rule.name ?? `privacy-${index + 1}` }));
      const { committedSeq } = view.figures();
      const kept = view.archive.evidence({
        kind: "message",
        fromMs: from,
        toMs: to,
        seqAfter: Math.max(0, committedSeq - MOST_RECORDS),
      });
      return await previews.take(() => previewDraft(tried ?? view.configuration().privacy, kept, limit));
    },
  );
}
