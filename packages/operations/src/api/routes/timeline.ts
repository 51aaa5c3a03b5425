import { TimelineReport } from "@mimolo/protocol";
import { WorkedDays } from "../../days/worked-days.ts";
import { KeptNotes } from "../../lanes/kept-notes.ts";
import { about, type Api } from "../route.ts";
import { TimelineQuery } from "../shapes/collector.ts";
import { DaysQuery, DaysReport, LanesQuery, LanesReport } from "../shapes/timeline.ts";
import type { CollectorView } from "../view.ts";

/** Work as it was folded: by segments, by days, and beside it what each agent told. */
export function timelineRoutes(api: Api, view: CollectorView): void {
  const worked = new WorkedDays();
  const kept = new KeptNotes({ read: (filter) => view.archive.commits(filter), erased: () => view.erased });
  api.get(
    "/timeline",
    {
      config: { scope: "read" },
      schema: {
        querystring: TimelineQuery,
        ...about({
          id: "getTimeline",
          summary: "Segments that touch a range of time, and the open one, as `mimolo timeline --json`.",
          tag: "evidence",
          answers: TimelineReport,
        }),
      },
    },
    ({ query: { from, to } }) => view.timeline({ fromMs: from, toMs: to }),
  );
  api.get(
    "/timeline/lanes",
    {
      config: { scope: "read" },
      schema: {
        querystring: LanesQuery,
        ...about({
          id: "getLanes",
          summary: "What each agent told of a range of time, at most 2,000 spans each.",
          tag: "evidence",
          description: "What is shorter than `resolution_s` is not told apart; work shows however short it was.",
          answers: LanesReport,
        }),
      },
    },
    ({ query: { from, to, resolution_s: resolutionS } }) => kept.lanes({ fromMs: from, toMs: to, resolutionS }),
  );
  api.get(
    "/timeline/days",
    {
      config: { scope: "read" },
      schema: {
        querystring: DaysQuery,
        ...about({
          id: "getDays",
          summary: "Work by the day, in the zone and with the day's begin of the configuration.",
          tag: "evidence",
          answers: DaysReport,
        }),
      },
    },
    ({ query }) => {
      const { segments, open } = view.timeline({});
      return worked.report(open === null ? segments : [...segments, open], view.local, query);
    },
  );
}
