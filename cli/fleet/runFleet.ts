import { openReporter } from "../run/openReporter";
import { frozenClock } from "../run/frozenClock";
import { Stopping } from "../run/stopping";
import { confirm } from "../stack/interruption";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { decideFleet } from "./decideFleet";
import { FleetLoop } from "./fleetLoop";
import type { FleetOptions } from "./fleetLoop";
import { FleetWorld } from "./fleetWorld";
import { memberLines, memberViews } from "./memberLine";
import { openFleet } from "./openFleet";

export interface FleetRequest {
  readonly file: string;
  readonly json: boolean;
  readonly webhook?: string;
}

const NOTHING_SEEN = { metAt: new Map<number, number>(), recovered: new Set<string>(), failure: undefined };

/** Walks all rollouts of a fleet file. @throws Failure for what cannot be read or is typed wrong */
export function runFleet(request: FleetRequest, options: FleetOptions): Promise<ExitCode> {
  return withWorld(request, async (world, stopping, fleet) => {
    const ports = world.ports(request.json);
    await world.read();
    world.requireMarks();
    try {
      return await new FleetLoop(fleet, ports, options).walk();
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
      process.stderr.write("mlflow-rollout: interrupted; the same command goes on from here\n");
      return EXIT.interrupted;
    }
  });
}

/**
 * Gives all of the traffic of a fleet back.
 *
 * @param reason - for whoever looks at the stacks afterwards
 * @param asks - whether a person is asked first
 */
export function abortFleet(
  request: FleetRequest & { readonly reason: string; readonly asks: boolean },
  options: FleetOptions,
): Promise<ExitCode> {
  return withWorld(request, async (world, stopping, fleet) => {
    const ports = world.ports(request.json);
    const failure = { reason: `fleet: ${request.reason}` };
    const decided = decideFleet(fleet, await ports.read(), { ...NOTHING_SEEN, failure });
    if (decided.turns.length === 0) {
      process.stderr.write("no endpoint of the fleet has been started; nothing was written\n");
      return EXIT.done;
    }
    if (request.asks) {
      const names = decided.turns.map(({ member }) => member.id).join(", ");
      const question = `give all of the traffic back to the stable deployments of ${names}?`;
      if (!(await confirm(question, stopping))) return EXIT.refused;
    }
    const code = await new FleetLoop(fleet, ports, options, failure.reason).walk();
    // What was asked for is done.
    return code === EXIT.aborted ? EXIT.done : code;
  });
}

/** Prints where each endpoint of a fleet is. Nothing is written. */
export function showFleet(request: FleetRequest): Promise<ExitCode> {
  return withWorld(request, async (world, _stopping, fleet) => {
    const readings = await world.read();
    const views = memberViews(decideFleet(fleet, readings, NOTHING_SEEN), readings);
    const lines = request.json ? views.map((view) => JSON.stringify(view)) : memberLines(views);
    process.stdout.write(`${lines.join("\n")}\n`);
    return EXIT.done;
  });
}

async function withWorld(
  { file, json, webhook }: FleetRequest,
  work: (world: FleetWorld, stopping: Stopping, fleet: ReturnType<typeof openFleet>) => Promise<ExitCode>,
): Promise<ExitCode> {
  const fleet = openFleet(file);
  const reporter = openReporter(json, webhook, frozenClock(process.env));
  const stopping = new Stopping("fleet");
  try {
    return await work(new FleetWorld(fleet, reporter, stopping), stopping, fleet);
  } catch (error) {
    if (stopping.signal.aborted) throw stopping.signal.reason;
    throw error;
  } finally {
    stopping.stop();
    await reporter.close();
  }
}
