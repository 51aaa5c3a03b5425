import { type Metric, single } from "./metric.ts";

/** The control API itself. */
export const apiMetrics: readonly Metric[] = [
  {
    name: "mimolo_api_requests_total",
    kind: "counter",
    help: "Answers given; route unknown: there is no such path",
    labels: ["method", "route", "status"],
    *read({ api: { requests } }) {
      for (const { method, route, status, count } of requests) {
        yield { labels: { method, route, status: String(status) }, value: count };
      }
    },
  },
  single("mimolo_api_event_listeners", "Clients that listen to events", ({ api }) => api.listeners),
];
