/** Azure compares names and ids without case. */
export function isSameName(name: string, other: string | undefined): boolean {
  return name === other || name.toLowerCase() === other?.toLowerCase();
}
