// `@mimolo/agents`: the plugins that ship with MiMoLo.
export { agents } from "./catalogue.ts";
