import { API_SPEC_SERVICE } from "../../apiSpec/client";
import { startApiSpecService } from "../../apiSpec/service";

/** Checks what the test files observe, and tells at the end of the run how much that was. */
export default async function setup(): Promise<() => void> {
  const service = await startApiSpecService();
  process.env[API_SPEC_SERVICE] = service.url;
  return () => {
    service.close();
    for (const line of [service.tally.line(), service.tally.clientsLine()]) {
      if (line !== undefined) console.log(line);
    }
  };
}
