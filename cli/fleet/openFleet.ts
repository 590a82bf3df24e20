import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { oneLine } from "../terminal/text";
import type { Fleet } from "./fleet";
import { parseFleet } from "./parseFleet";

/** Reads a fleet file. @throws Failure with all that is wrong in it */
export function openFleet(path: string): Fleet {
  const file = resolve(path);
  const { fleet, problems } = parseFleet(textOf(file, path), dirname(file), isProject);
  if (problems.length === 0) return fleet;
  const lines = problems.map(({ line, path: place, reason }) => `  - ${path}:${line} ${place}: ${reason}`);
  throw new Failure(`the fleet file cannot be used:\n${lines.join("\n")}`, EXIT.usage);
}

function textOf(file: string, path: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : oneLine(error);
    throw new Failure(`${path}: ${why}; name a fleet file, such as fleet.yaml`, EXIT.usage);
  }
}

function isProject(folder: string): boolean {
  return ["Pulumi.yaml", "Pulumi.yml"].some((name) => existsSync(join(folder, name)));
}
