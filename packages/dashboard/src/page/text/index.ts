export { bytesText, countText, plural } from "./amount.ts";
export { agoText, durationCode, durationText } from "./duration.ts";
export { dayText, exactTimeText, momentText, timeText } from "./moment.ts";
