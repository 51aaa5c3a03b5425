export { PackageError } from "./package-error.ts";
