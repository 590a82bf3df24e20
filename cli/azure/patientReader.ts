import type { ArmReader } from "../../components/azure/armReaderWith";
import { RefusedRead } from "../../components/azure/armRequest";

/** A read that is throttled is made again so often. */
const MOST_WAITS = 5;
/** Azure Resource Manager fills its buckets by the second; longer than this nobody is kept waiting at once. */
const LONGEST_WAIT_MS = 60_000;
const USUAL_WAIT_MS = 5000;

/**
 * A reader that waits when Azure Resource Manager says 429, as long as its Retry-After asks for. It allows 250 reads at once
 * and 25 more each second. Source: Azure Resource Manager, "Understand how Azure Resource Manager throttles requests".
 *
 * @param rest - waits for some milliseconds. @throws what ends it
 */
export function patientReader(arm: ArmReader, rest: (milliseconds: number) => Promise<void>): ArmReader {
  const patient = async <T>(read: () => Promise<T>): Promise<T> => {
    for (let waited = 0; ; waited += 1) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof RefusedRead) || error.status !== 429 || waited === MOST_WAITS) throw error;
        const wanted = error.retryAfterSeconds === undefined ? USUAL_WAIT_MS : error.retryAfterSeconds * 1000;
        await rest(Math.min(wanted, LONGEST_WAIT_MS));
      }
    }
  };
  return {
    get: (path) => patient(() => arm.get(path)),
    list: (path) => patient(() => arm.list(path)),
    ask: (path) => patient(() => arm.ask(path)),
  };
}
