import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { everyFewSeconds } from "../../../components/models/progress";
import { UploadProgress } from "../../../components/models/uploadText";
import { TurnedClock } from "../../support/turnedClock";

describe("what takes long", () => {
  type Steps = readonly (readonly [number, string | undefined])[];
  const said = (steps: Steps): readonly string[] => {
    const [clock, lines] = [new TurnedClock(), [] as string[]];
    let line: string | undefined;
    const stop = everyFewSeconds(
      () => line,
      (text) => lines.push(text),
      clock,
    );
    for (const [ms, now] of steps) {
      line = now;
      clock.turn(ms);
    }
    stop();
    clock.turn(60_000);
    return lines;
  };

  test.each<[string, Steps, readonly string[]]>([
    ["says nothing when it is over in two seconds", [[1999, "a"]], []],
    ["is said after two seconds", [[2000, "a"]], ["a"]],
    [
      "is said again after five",
      [
        [2000, "a"],
        [4999, "b"],
        [1, "c"],
      ],
      ["a", "c"],
    ],
    [
      "says nothing twice",
      [
        [2000, "a"],
        [20_000, "a"],
        [5000, "b"],
      ],
      ["a", "b"],
    ],
    [
      "says nothing where there is nothing to say",
      [
        [2000, undefined],
        [5000, "a"],
        [5000, undefined],
      ],
      ["a"],
    ],
  ])("%s", (_, steps, lines) => {
    expect(said(steps)).toEqual(lines);
  });
});

describe("an upload", () => {
  const lines: string[] = [];
  let progress: UploadProgress;
  beforeEach(() => {
    vi.useFakeTimers();
    lines.length = 0;
    progress = new UploadProgress({ files: 2000, bytes: 3.4e9 }, { files: 119, bytes: 1e9 }, (line) =>
      lines.push(line),
    );
  });
  afterEach(() => {
    progress.stop();
    vi.useRealTimers();
  });

  test("that is short says nothing", () => {
    vi.advanceTimersByTime(1999);
    progress.stop();
    vi.advanceTimersByTime(60_000);
    expect(lines).toEqual([]);
  });

  test("says how far it is after two seconds, then every five where something was sent", () => {
    progress.addFile();
    progress.addBytes(2e8);
    vi.advanceTimersByTime(2000);
    expect(lines).toEqual(["120 of 2000 files, 1.2 of 3.4 GB"]);
    progress.addBytes(1e9);
    vi.advanceTimersByTime(4999);
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(lines.slice(1)).toEqual(["120 of 2000 files, 2.2 of 3.4 GB"]);
    vi.advanceTimersByTime(20_000);
    expect(lines).toHaveLength(2);
  });
});
