export { Live } from "./live.svelte.ts";
export type { Beat, ChangeKind, Connection, EvidenceRecord, LiveState } from "./state.ts";
