export { EvidenceError, type EvidenceErrorCode } from "./error.ts";
export { erasureOf, erasureRecord, isErased } from "./erasure.ts";
export { DEFAULT_POLICY, type LabelPolicy, type Policy, type PolicyAt, PolicyBook, policyOf } from "./policy.ts";
export {
  type EvidenceFilter,
  type EvidenceItem,
  passes,
  type PassedOver,
  readEvidence,
  recordOf,
} from "./reader.ts";
export { eventTimeOf, parseRecord, timesOf } from "./record.ts";
export { createRecordWriter, type IncomingMessage, type Origin, type RecordWriter } from "./record-writer.ts";
export { MOST_STREAMS, SequenceMarks } from "./sequence-marks.ts";
export { type SequenceCheck, StreamMark } from "./stream-mark.ts";
export { type AggregationInput, type ItemGroup, seqsSha256 } from "./timeline/aggregate.ts";
export { foldTimeline } from "./timeline/fold-timeline.ts";
export type { Noted } from "./timeline/fact.ts";
export type { Interval } from "./timeline/intervals.ts";
export { LiveTimeline } from "./timeline/live.ts";
export { NoteQueue } from "./timeline/note-queue.ts";
export type { Observation, ObservedMessage } from "./timeline/observation.ts";
export { type ClosedSegment, type Question, questionOf, type Questions } from "./timeline/questions.ts";
export type { TimelineEvent } from "./timeline/revision.ts";
export { type Span, spansOf } from "./timeline/spans.ts";
export type { LiveTimelineOptions, Timeline } from "./timeline/timeline.ts";
