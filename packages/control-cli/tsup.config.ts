import { library } from "../../tsup.base.ts";

// Chunks carry a hash in their names: old ones would pile up, and be packed.
export default library(["src/main.ts"], { clean: ["!**/*.d.ts"] });
