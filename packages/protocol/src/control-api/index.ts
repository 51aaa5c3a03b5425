// What the control API takes and answers, path by path, as types: for whoever asks it, in Node.js or in a browser.
export type { paths } from "./api.ts";
export type { Answer, Given, MaybeGiven, Method, PathWith } from "./operation.ts";
