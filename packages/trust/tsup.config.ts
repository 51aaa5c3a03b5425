import { library } from "../../tsup.base.ts";

export default library(["src/index.ts", "src/package/index.ts", "src/registry/index.ts"]);
