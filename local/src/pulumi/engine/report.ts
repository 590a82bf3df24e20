/** Takes one line for a person about what is being done. */
export type Report = (line: string) => void;
