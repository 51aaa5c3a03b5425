export { PREFIX } from "./address.ts";
export { type Api, createApi } from "./client.ts";
export { ApiProblem } from "./problem.ts";
