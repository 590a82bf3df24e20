import { expect, test } from "vitest";
import { bytesOfText, bytesText } from "../../../components/models/bytesText";

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

test.each([
  [1_200_000_000, 3_400_000_000, "1.2 of 3.4 GB"],
  [0, 12_400_000_000, "0.0 of 12.4 GB"],
  [12_400_000_000, 12_400_000_000, "12.4 of 12.4 GB"],
  [200, 3_400, "0.2 of 3.4 kB"],
  [0, 0, "0 of 0 bytes"],
])("%i bytes of %i are %s", (part, whole, text) => {
  expect(bytesOfText(part, whole)).toBe(text);
});
