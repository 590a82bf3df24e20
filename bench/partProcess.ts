import { availableParallelism, loadavg } from "node:os";
import type { PartOrder } from "./common/ownProcess";
import type { PartFigures } from "./common/part";
import { PARTS } from "./parts";

async function measure({ name, ...order }: PartOrder): Promise<PartFigures> {
  const part = PARTS.find((each) => each.name === name);
  if (part === undefined) throw new Error(`no part is named ${name}`);
  const found = await part.run({ ...order, tell: (line) => void process.stderr.write(`  ${line}\n`) });
  const { figures, series } = "figures" in found ? found : { figures: found, series: [] };
  return { name, figures, ...(series.length > 0 && { series }), load: load() };
}

/** How many processes wanted a core in the last minute, for each core: above 1 times are longer than they would be. */
function load(): number {
  return Math.round((10 * (loadavg()[0] ?? 0)) / availableParallelism()) / 10;
}

measure(JSON.parse(process.argv[2] ?? "") as PartOrder).then(
  (measured) => process.send?.(measured, () => process.exit(0)),
  (error: unknown) => {
    process.stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
