import type { Answer } from "@mimolo/protocol/control-api";
import { emptyTable } from "../../../schema-form/empty-table.ts";
import type { Field, SaidValue } from "../../../schema-form/field.ts";
import { fieldsOf } from "../../../schema-form/fields-of.ts";
import { pathOf } from "../../../schema-form/setting-path.ts";
import { COMMAND_SCHEMA, HELD_BACK_KEYS, MONITOR_SCHEMA, OWN_KEYS, PACE_KEYS, PACE_SCHEMA } from "./own-keys.ts";

export type ConfigReport = Answer<"/plugins/{id}/config", "get">;

/** Settings of a plugin or of one agent, in the groups in which they are shown. */
export interface SettingsFields {
  readonly own: readonly Field[];
  readonly pace: readonly Field[];
  /** What it runs and where: changed in the terminal. */
  readonly heldBack: readonly SaidValue[];
}

/** Reads a report; a plugin that no agent runs has settings, and no pace. */
export function settingsFields({ values, schema }: ConfigReport): SettingsFields {
  const wordOf = ({ key }: SaidValue) => pathOf(key)[0] ?? "";
  const isCommand = values.some(({ key }) => key === "as");
  const isMonitor =
    !isCommand && values.some((said) => Object.hasOwn(MONITOR_SCHEMA["properties"] as object, wordOf(said)));
  const properties = Object.assign(
    emptyTable(),
    PACE_SCHEMA["properties"],
    isMonitor ? MONITOR_SCHEMA["properties"] : {},
  );
  const ofPace = values.filter((said) => Object.hasOwn(properties, wordOf(said)));
  return {
    own: isCommand ? fieldsOf(COMMAND_SCHEMA, values, PACE_KEYS) : fieldsOf(schema, values, OWN_KEYS),
    pace: ofPace.length === 0 ? [] : fieldsOf({ properties }, ofPace),
    heldBack: values.filter(
      (said) => HELD_BACK_KEYS.has(wordOf(said)) && wordOf(said) !== "enabled" && !isNothing(said.value),
    ),
  };
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
