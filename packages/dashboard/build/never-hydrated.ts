/**
 * What of Svelte only moves through markup that a server wrote. This page's markup is always made anew, so the first four
 * do nothing, the next four only look, and the last two write what stands there already: where nobody uses their answer they go, and
 * with them all that Svelte does while it takes such markup over. Named as the compiler or Svelte itself calls them; a name that
 * Svelte has no more costs bytes and nothing else. The page may not call `hydrate()`.
 */
export const NEVER_HYDRATED: readonly string[] = [
  "$.reset",
  "$.next",
  "$.remove_textarea_child",
  "$.remove_input_defaults",
  "$.child",
  "$.only_child",
  "$.first_child",
  "$.sibling",
  "set_hydrating",
  "set_hydrate_node",
];
