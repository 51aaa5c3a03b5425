export { PREFIX } from "./address.ts";
export { type Api, createApi } from "./client.ts";
export { onceMore } from "./once-more.ts";
export { ApiProblem, problemOf } from "./problem.ts";
