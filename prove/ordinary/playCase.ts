import { isDeepStrictEqual } from "node:util";
import { AS_DOCUMENTED } from "./cases/ordinaryCase";
import type { OrdinaryCase, OrdinaryRow } from "./cases/ordinaryCase";
import { SERVED } from "./testbed/program";
import type { Weights } from "./testbed/program";
import { messagesIn } from "./diagnostics";
import type { Seen } from "./testbed/watch";
import type { Testbed } from "./testbed/testbed";

type Live = Weights | "gone";

/** A frame of a stack trace. */
const FRAME = /^\s+at .*:\d+:\d+/m;
const NOTHING_DONE = /Resources:\s+\d+ unchanged\s/;

/** Plays a case in a testbed that serves 90/10, and returns the result. */
export async function playCase(testbed: Testbed, ordinary: OrdinaryCase): Promise<OrdinaryRow> {
  const started = performance.now();
  const { name, section, deletesOnPurpose = false } = ordinary;
  if (deletesOnPurpose) await testbed.watch.stop();
  const outages: string[] = [];
  let [requests, lost] = [0, 0];
  const look = async (): Promise<Seen> => {
    const seen = await testbed.take();
    if (!deletesOnPurpose) outages.push(...seen.outages);
    requests += seen.requests;
    lost += deletesOnPurpose ? 0 : seen.lost;
    return seen;
  };
  await look();
  await ordinary.before?.(testbed);
  await look();
  const { wrong, ...acted } = await act(testbed, ordinary, look);
  await testbed.calm();
  const stuckBy = await goOn(testbed, ordinary);
  await look();
  if (ordinary.ends !== "succeeds" && !deletesOnPurpose && requests === 0) wrong.push("nobody called the endpoint");
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

/** Resets a testbed after a case. @returns whether it worked */
export async function resetTestbed(
  testbed: Testbed,
  ordinary: OrdinaryCase,
  { result }: OrdinaryRow,
): Promise<boolean> {
  if (ordinary.deletesOnPurpose === true || ordinary.spoilsTestbed === true) return false;
  // The way out was to take the change back.
  if (ordinary.wayOut === undefined && ordinary.ends !== "succeeds" && result === AS_DOCUMENTED) return true;
  testbed.restore();
  const { exit, text } = await testbed.type("pulumi up");
  const { outages } = await testbed.take();
  if (exit !== 0 || outages.length > 0 || !isDeepStrictEqual(await testbed.live(), SERVED)) return false;
  return NOTHING_DONE.test(text) || isSettled(testbed);
}

type Acted = Pick<OrdinaryRow, "typed" | "exit" | "says" | "writes" | "live"> & { readonly wrong: string[] };

async function act(testbed: Testbed, ordinary: OrdinaryCase, look: () => Promise<Seen>): Promise<Acted> {
  const { ends, says = [], live: expected = SERVED } = ordinary;
  const typed = ordinary.commands ?? (ends === "refused" ? ["pulumi preview", "pulumi up"] : ["pulumi up"]);
  await ordinary.does?.(testbed);
  await look();
  const wrong: string[] = [];
  const seen: Seen[] = [];
  let last = { exit: 0, text: "" };
  for (const line of typed) {
    last = await testbed.type(line);
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
  const live = (await testbed.live()) ?? "gone";
  if (!isDeepStrictEqual(live, expected)) wrong.push(`the live weights are ${show(live)}, not ${show(expected)}`);
  wrong.push(...((await ordinary.alsoCheck?.(testbed, last.text)) ?? []));
  const { exit, text } = last;
  return { typed, exit, says: messagesIn(text), writes: writes.length, live: show(live), wrong };
}

/** Takes the way out. @returns why it failed, if it did */
async function goOn(testbed: Testbed, ordinary: OrdinaryCase): Promise<readonly string[]> {
  const { ends, wayOut, live: after = SERVED } = ordinary;
  if (wayOut === undefined && ends === "succeeds") return after === "gone" ? [] : notSettled(testbed, after);
  if (wayOut?.prepare) await wayOut.prepare(testbed);
  else testbed.restore();
  const { exit, text } = await testbed.type(wayOut?.command ?? "pulumi up");
  const expected = wayOut?.live ?? (ends === "succeeds" ? after : SERVED);
  if (exit !== 0) return [`it ended with ${exit}: ${messagesIn(text)}`];
  if (expected === "gone") {
    return (await testbed.live()) === undefined ? [] : ["the endpoint is still there"];
  }
  return notSettled(testbed, expected, NOTHING_DONE.test(text));
}

async function notSettled(testbed: Testbed, expected: Weights, nothingWasDone = false): Promise<readonly string[]> {
  const live = (await testbed.live()) ?? "gone";
  if (!isDeepStrictEqual(live, expected)) return [`the live weights are ${show(live)}, not ${show(expected)}`];
  return nothingWasDone || (await isSettled(testbed)) ? [] : ["the next preview is not empty"];
}

async function isSettled(testbed: Testbed): Promise<boolean> {
  return (await testbed.type("pulumi preview --expect-no-changes")).exit === 0;
}

function todoOf({ ends, wayOut }: OrdinaryCase): string {
  return wayOut?.todo ?? (ends === "succeeds" ? "nothing" : "take the change back, then `pulumi up`");
}

function show(weights: Live): string {
  if (weights === "gone") return "no endpoint";
  return Object.entries(weights)
    .map(([name, weight]) => `${name} ${weight}`)
    .join(", ");
}
