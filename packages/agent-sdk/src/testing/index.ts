export {
  type CommandDraft,
  type FakeCollector,
  type FakeCollectorOptions,
  fakeCollector,
} from "./fake-collector.ts";
export { type FakeHost, fakeHost } from "./fake-host.ts";
export { type ManualClock, manualClock } from "./manual-clock.ts";
export { type MemorySpool, memorySpool } from "./memory-spool.ts";
export {
  type MockAnswers,
  type MockContextOptions,
  type MockPluginContext,
  mockPluginContext,
} from "./mock-plugin-context.ts";
export { playTranscript, readTranscript, type TranscriptLine, writeTranscript } from "./transcript.ts";
export type {
  PluginSuiteName,
  PluginTestCall,
  PluginTestCase,
  PluginTestLimits,
  PluginTestOptions,
  PluginTestReport,
  PluginTestSuite,
} from "./run-plugin-tests/plugin-test-report.ts";
export { runPluginTests } from "./run-plugin-tests/run-plugin-tests.ts";
export {
  type AgentProcess,
  type Area,
  areaTitles,
  CannotStart,
  checkConformance,
  type ConformanceOptions,
  type ConformanceReport,
  type Finding,
  type Happening,
  judge,
  type JudgeOptions,
  type LiveStage,
  type Mark,
  openStage,
  type Recording,
  readRecordings,
  type Rule,
  type RuleReport,
  rules,
  saveRecording,
  type Scenario,
  scenarios,
  type Situation,
  situationsOf,
  type Stage,
  type StartOptions,
} from "./conformance/index.ts";
