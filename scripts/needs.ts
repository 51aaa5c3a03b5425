// The door for tests, `test.runIf(needs("git"))`; what it asks is written for plain Node, too.
export { needs, type Tool } from "./tools.mjs";
