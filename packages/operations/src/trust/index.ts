export { dataDirectory } from "../data-directory.ts";
