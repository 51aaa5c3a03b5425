export { Live } from "./live.svelte.ts";
export type { LiveState } from "./state.ts";
