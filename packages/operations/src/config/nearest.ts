/** The right name closest to a misspelt one. */
export { nearestName, typingSlips } from "@mimolo/protocol";
