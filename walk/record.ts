import type { Screen } from "./walk";
export function record(screens: readonly Screen[]): void { require("node:fs").writeFileSync("/tmp/walk-raw.json", JSON.stringify(screens, null, 1)); }
