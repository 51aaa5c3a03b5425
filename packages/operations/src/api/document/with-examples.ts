import type { Tree } from "./tidied.ts";

export function withExamples(document: Tree): Tree {
  return document;
}
