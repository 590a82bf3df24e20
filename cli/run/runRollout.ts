import type { OpenedFacts } from "../status/rolloutReader";
import { RolloutReader } from "../status/rolloutReader";
import { optionsAsTyped } from "../status/optionsAsTyped";
import type { ExitCode } from "../terminal/exitCodes";
import { rolloutChoice } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";
import { carryTurn } from "./carryTurn";
import { openReporter, rest } from "./openReporter";
import { frozenClock } from "./frozenClock";
import { movableFacts } from "./movableFacts";
import { runLoop } from "./runLoop";
import type { RunOptions } from "./runLoop";
import { Stopping } from "./stopping";

export interface RunRequest {
  readonly flags: RolloutFlags;
  readonly json: boolean;
  readonly webhook: string | undefined;
  readonly options: RunOptions;
}

/** Walks a rollout along its plan, unattended. @throws Failure for what cannot be read or is typed wrong */
export async function runRollout({ flags, json, webhook, options }: RunRequest): Promise<ExitCode> {
  const reporter = openReporter(json, webhook, options.once ? [] : frozenClock(process.env));
  const stopping = new Stopping("run");
  const reader = new RolloutReader(rolloutChoice(flags), optionsAsTyped(flags), stopping.signal);
  let last: OpenedFacts | undefined;
  const opened = (): OpenedFacts => {
    if (last === undefined) throw new Error("the rollout has not been read");
    return last;
  };
  try {
    return await runLoop(
      {
        read: async () => {
          last = await reader.readFacts();
          return movableFacts(last);
        },
        act: (act) =>
          carryTurn(act, opened().rollout, {
            stopping,
            command: "run",
            output: json ? "stderr" : "stdout",
            print: reporter.print,
          }),
        now: () => Date.now(),
        sleep: (milliseconds) => rest(milliseconds, stopping.signal),
        tell: (transition) => reporter.tell(opened().rollout.place.fullName, transition),
        say: (line) => reporter.line(line),
        signal: stopping.signal,
      },
      options,
    );
  } catch (error) {
    if (stopping.signal.aborted) throw stopping.signal.reason;
    throw error;
  } finally {
    stopping.stop();
    await reporter.close();
  }
}
