import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { eachAtOnce, Slots } from "../../../components/models/concurrency";

/** Work that takes some turns, and the most that was under way at once. */
function measured(): { readonly most: () => number; readonly work: (turns: number) => Promise<void> } {
  let [running, most] = [0, 0];
  return {
    most: () => most,
    work: async (turns) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      running -= 1;
    },
  };
}

const turns = fc.array(fc.nat(5), { minLength: 1, maxLength: 20 });
const limits = fc.integer({ min: 1, max: 6 });

property.prop([turns, limits])("each is done once, and no more at once than allowed", async (items, limit) => {
  const { most, work } = measured();
  const done: number[] = [];
  await eachAtOnce([...items.keys()], limit, async (index) => {
    await work(items[index] ?? 0);
    done.push(index);
  });
  expect(done.toSorted((a, b) => a - b)).toEqual([...items.keys()]);
  expect(most()).toBeLessThanOrEqual(limit);
});

property.prop([turns, limits])("places are given in the order of asking, and given back", async (items, limit) => {
  const { most, work } = measured();
  const slots = new Slots(limit);
  const begun: number[] = [];
  await Promise.allSettled(
    items.map((item, index) =>
      slots.use(async () => {
        begun.push(index);
        await work(item);
        if (item === 3) throw new Error("work may fail");
      }),
    ),
  );
  expect(begun).toEqual([...items.keys()]);
  expect(most()).toBeLessThanOrEqual(limit);
});

describe("a failure", () => {
  test("stops what is not begun, and is told when the rest is over", async () => {
    const over: number[] = [];
    const all = eachAtOnce([0, 1, 2, 3], 2, async (item) => {
      await Promise.resolve();
      if (item === 0) throw new Error("first");
      await Promise.resolve();
      over.push(item);
      throw new Error("second");
    });
    await expect(all).rejects.toThrow("first");
    expect(over).toEqual([1]);
  });
});
