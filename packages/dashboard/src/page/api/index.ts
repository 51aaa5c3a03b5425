export { addressOf, PREFIX, type Values } from "./address.ts";
export { type Api, type ApiParts, createApi } from "./client.ts";
export { ApiProblem } from "./problem.ts";
