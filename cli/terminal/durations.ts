import { InvalidArgumentError } from "commander";

/** A week. */
export const MOST_MINUTES = 10_080;

/** Minutes as they are typed. @throws InvalidArgumentError for anything but a number above 0, a week at most */
export function minutes(text: string): number {
  return amount(text, MOST_MINUTES);
}

/** Seconds as they are typed. @throws InvalidArgumentError for anything but a number above 0, an hour at most */
export function seconds(text: string): number {
  return amount(text, 3600);
}

function amount(text: string, most: number): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= most) return value;
  throw new InvalidArgumentError(`It must be a number above 0, at most ${most}.`);
}
