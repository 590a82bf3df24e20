import { fork } from "node:child_process";
import { join } from "node:path";
import type { BenchOrder, PartFigures } from "./part";

/** What is sent to the process of a part. */
export interface PartOrder extends Omit<BenchOrder, "tell"> {
  readonly name: string;
}

/**
 * Measures a part in a process of its own, so that none is measured with what another one has left in memory.
 *
 * @throws Error when it fails; its process has said why
 */
export function measureInOwnProcess(order: PartOrder): Promise<PartFigures> {
  const child = fork(join(__dirname, "..", "partProcess.ts"), [JSON.stringify(order)], { serialization: "advanced" });
  return new Promise((resolve, reject) => {
    let measured: PartFigures | undefined;
    child.once("message", (message) => (measured = message as PartFigures));
    child.once("error", reject);
    child.once("exit", () => {
      if (measured === undefined) reject(new Error(`${order.name} was not measured`));
      else resolve(measured);
    });
  });
}
