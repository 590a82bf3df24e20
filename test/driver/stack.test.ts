import { afterAll, beforeAll, expect, test } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { HeartStack } from "../../driver/stack";

let stack: HeartStack;
beforeAll(async () => {
  stack = await HeartStack.open({}, () => Promise.resolve({ answer: 42 }));
});
afterAll(() => stack.close());

test("what a program with mocks has left open in the process fails no operation", async () => {
  const close = pulumi.runtime.rpcKeepAlive();
  expect((await stack.up()).changes).toEqual({ create: 1 });
  close();
});
