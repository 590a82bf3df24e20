import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { bytesOfText, bytesText, UploadProgress } from "../../../components/models/uploadText";

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [12_400_000, "12.4 MB"],
  [999_999_999, "1.0 GB"],
  [3_400_000_000, "3.4 GB"],
  [4e15, "4000.0 TB"],
])("%i bytes are %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test("a part has the unit of the whole", () => {
  expect(bytesOfText(1_200_000_000, 3_400_000_000)).toBe("1.2 of 3.4 GB");
  expect(bytesOfText(200, 3_400)).toBe("0.2 of 3.4 kB");
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
