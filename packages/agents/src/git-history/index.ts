// `@mimolo/agents/git-history`: the last weeks of a repository, reconstructed.
export { type History, reconstructHistory } from "./reconstruct.ts";
export type { ReconstructedSpan } from "./spans.ts";
