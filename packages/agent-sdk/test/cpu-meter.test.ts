import { expect, test } from "vitest";
import { CpuMeter } from "../src/cpu-meter.ts";

test("the average spans the last 60 s and no more", () => {
  const meter = new CpuMeter(0, 1000);
  meter.budgetPercent = 1;
  expect(meter.read(10_000, 1600)).toMatchObject({
    recentPercent: 6,
    averagePercent: 6,
    isWithin: false,
    overSeconds: 10,
  });
  for (let atMs = 20_000; atMs <= 60_000; atMs += 10_000) meter.read(atMs, 1600);
  expect(meter.read(70_000, 1600)).toMatchObject({ recentPercent: 0, averagePercent: 0, isWithin: true });
});

test("the process's own start is not counted", () => {
  expect(new CpuMeter(0, 60).read(5000, 60)).toMatchObject({ recentPercent: 0, averagePercent: 0, isWithin: true });
});

test("two readings at one moment are no division by zero", () => {
  expect(new CpuMeter(0, 0).read(0, 5)).toMatchObject({ recentPercent: 0, averagePercent: 0 });
});
