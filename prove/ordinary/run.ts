import { isDeepStrictEqual } from "node:util";
import { AS_DOCUMENTED } from "./case";
import type { OrdinaryCase, OrdinaryRow } from "./case";
import { SERVED } from "./program";
import type { Weights } from "./program";
import { whatIsSaid } from "./says";
import type { Seen } from "./watch";
import type { World } from "./world";

type Live = Weights | "gone";

/** A frame of a stack trace. */
const FRAME = /^\s+at .*:\d+:\d+/m;
const NOTHING_DONE = /Resources:\s+\d+ unchanged\s/;

/** Plays a case to its end in a world that serves 90/10, and says what became of it. */
export async function play(world: World, ordinary: OrdinaryCase): Promise<OrdinaryRow> {
  const started = performance.now();
  const { name, section, asked = false } = ordinary;
  if (asked) await world.watch.stop();
  const outages: string[] = [];
  let [requests, lost] = [0, 0];
  const look = async (): Promise<Seen> => {
    const seen = await world.take();
    if (!asked) outages.push(...seen.outages);
    requests += seen.requests;
    lost += asked ? 0 : seen.lost;
    return seen;
  };
  await look();
  await ordinary.given?.(world);
  await look();
  const { wrong, ...acted } = await act(world, ordinary, look);
  await world.calm();
  const stuckBy = await goOn(world, ordinary);
  await look();
  if (ordinary.ends !== "succeeds" && !asked && requests === 0) wrong.push("nobody called the endpoint");
  const all = [...wrong, ...stuckBy.map((problem) => `what is to be done does not help: ${problem}`), ...outages];
  return {
    name,
    section,
    ends: ordinary.ends,
    ...acted,
    todo: todoOf(ordinary),
    result: all.length === 0 ? AS_DOCUMENTED : all.join("; "),
    outages,
    stuck: stuckBy.length > 0,
    requests,
    lost,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  };
}

/** Takes a world back to where cases begin, after a case. @returns whether it is there */
export async function settle(world: World, ordinary: OrdinaryCase, { result }: OrdinaryRow): Promise<boolean> {
  if (ordinary.asked === true || ordinary.once === true) return false;
  // Taking the change back was what was to be done.
  if (ordinary.goesOn === undefined && ordinary.ends !== "succeeds" && result === AS_DOCUMENTED) return true;
  world.restore();
  const { exit, text } = await world.type("pulumi up");
  const { outages } = await world.take();
  if (exit !== 0 || outages.length > 0 || !isDeepStrictEqual(await world.live(), SERVED)) return false;
  return NOTHING_DONE.test(text) || isSettled(world);
}

type Acted = Pick<OrdinaryRow, "typed" | "exit" | "says" | "writes" | "live"> & { readonly wrong: string[] };

async function act(world: World, ordinary: OrdinaryCase, look: () => Promise<Seen>): Promise<Acted> {
  const { ends, says = [], live: expected = SERVED } = ordinary;
  const typed = ordinary.commands ?? (ends === "refused" ? ["pulumi preview", "pulumi up"] : ["pulumi up"]);
  await ordinary.does?.(world);
  await look();
  const wrong: string[] = [];
  const seen: Seen[] = [];
  let last = { exit: 0, text: "" };
  for (const line of typed) {
    last = await world.type(line);
    seen.push(await look());
    if ((last.exit === 0) !== (ends === "succeeds")) wrong.push(`"${line}" ended with ${last.exit}`);
    for (const text of says) {
      if (!(typeof text === "string" ? last.text.includes(text) : text.test(last.text)))
        wrong.push(`"${line}" does not say ${String(text)}`);
    }
    if (FRAME.test(last.text) && ordinary.showsFrames !== true) wrong.push(`"${line}" shows a stack trace`);
  }
  const writes = seen.flatMap((each) => each.writes);
  const allowed = ends === "refused" ? 0 : ordinary.writes;
  if (allowed !== undefined && writes.length !== allowed)
    wrong.push(`${writes.length} writes in place of ${allowed}: ${writes.slice(0, 5).join(", ")}`);
  const live = (await world.live()) ?? "gone";
  if (!isDeepStrictEqual(live, expected)) wrong.push(`the live weights are ${show(live)}, not ${show(expected)}`);
  wrong.push(...((await ordinary.also?.(world, last.text)) ?? []));
  const { exit, text } = last;
  return { typed, exit, says: whatIsSaid(text), writes: writes.length, live: show(live), wrong };
}

/** Does what is to be done then. @returns why somebody is stuck, if so */
async function goOn(world: World, ordinary: OrdinaryCase): Promise<readonly string[]> {
  const { ends, goesOn, live: after = SERVED } = ordinary;
  if (goesOn === undefined && ends === "succeeds") return after === "gone" ? [] : notSettled(world, after);
  if (goesOn?.prepare) await goesOn.prepare(world);
  else world.restore();
  const { exit, text } = await world.type(goesOn?.command ?? "pulumi up");
  const expected = goesOn?.live ?? (ends === "succeeds" ? after : SERVED);
  if (exit !== 0) return [`it ended with ${exit}: ${whatIsSaid(text)}`];
  if (expected === "gone") {
    return (await world.live()) === undefined ? [] : ["the endpoint is still there"];
  }
  return notSettled(world, expected, NOTHING_DONE.test(text));
}

async function notSettled(world: World, expected: Weights, nothingWasDone = false): Promise<readonly string[]> {
  const live = (await world.live()) ?? "gone";
  if (!isDeepStrictEqual(live, expected)) return [`the live weights are ${show(live)}, not ${show(expected)}`];
  return nothingWasDone || (await isSettled(world)) ? [] : ["the next preview is not empty"];
}

async function isSettled(world: World): Promise<boolean> {
  return (await world.type("pulumi preview --expect-no-changes")).exit === 0;
}

function todoOf({ ends, goesOn }: OrdinaryCase): string {
  return goesOn?.todo ?? (ends === "succeeds" ? "nothing" : "take the change back, then `pulumi up`");
}

function show(weights: Live): string {
  if (weights === "gone") return "no endpoint";
  return Object.entries(weights)
    .map(([name, weight]) => `${name} ${weight}`)
    .join(", ");
}
