import type { Plugin } from "vite";

const NEVER: readonly { readonly file: RegExp; readonly names: readonly string[] }[] = [
  { file: /svelte\/src\/internal\/client\/dom\/hydration\.js$/u, names: ["hydrating"] },
  {
    file: /svelte\/src\/internal\/flags\/index\.js$/u,
    names: ["async_mode_flag", "legacy_mode_flag", "tracing_mode_flag"],
  },
];

/** What the compiler writes for markup that was there before, and for components as Svelte 4 had them. */
const STEPS = /^[\t ]*\$\.(?:reset|next|remove_input_defaults|remove_textarea_child)\([\w$]*\);$/gmu;
const SLOTS = /,\s*\$\$slots: \{ default: true \}/gu;

/**
 * Nothing of the page was rendered elsewhere, and no component of it is as Svelte 4 had them. Svelte holds that in
 * variables, which no minifier sees through; as constants they take with them what they guard.
 */
export function freshSvelte(): Plugin {
  return {
    name: "fresh-svelte",
    apply: "build",
    transform(code, id) {
      if (id.endsWith(".svelte")) return { code: code.replaceAll(STEPS, "").replaceAll(SLOTS, ""), map: null };
      const never = NEVER.find(({ file }) => file.test(id));
      return never === undefined ? null : { code: never.names.reduce(constant, code), map: null };
    },
  };
}

function constant(code: string, name: string): string {
  const written = code.replace(`export let ${name} = false;`, `export const ${name} = false;`);
  if (written === code) throw new Error(`Svelte has no variable ${name} any more: see build/fresh-svelte.ts`);
  return written.replaceAll(new RegExp(`^\\s*${name} = \\w+;$`, "gmu"), "");
}
