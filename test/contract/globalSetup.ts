import { CONTRACT_SERVICE } from "./client";
import { startContractService } from "./service";

/** Checks what the test files observe, and tells at the end of the run how much that was. */
export default async function setup(): Promise<() => void> {
  const service = await startContractService();
  process.env[CONTRACT_SERVICE] = service.url;
  return () => {
    service.close();
    for (const line of [service.tally.line(), service.tally.clientsLine()]) {
      if (line !== undefined) console.log(line);
    }
  };
}
