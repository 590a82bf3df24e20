import { describe, expect, test } from "vitest";
import { Pulumi } from "../../../cli/stack/pulumi";
import { findStack } from "../../../cli/stack/stackPlace";
import type { FakeAnswer } from "../../support/fakePulumi";
import { FakePulumi } from "../../support/fakePulumi";

const PLACE = { name: "dev", fullName: "acme/heart/dev", backendUrl: "s3://states" };
const NAMED = { typed: "stack --show-name --fully-qualify-stack-names", stdout: "acme/heart/dev\n" };
const WHO = { typed: "whoami --verbose --json", stdout: JSON.stringify({ user: "ada", url: "s3://states" }) };
const ABOUT = {
  typed: "about --json",
  stdout: JSON.stringify({
    backend: { url: "s3://states" },
    currentStack: { name: "dev", fullyQualifiedName: "acme/heart/dev" },
  }),
};

async function found(answers: readonly FakeAnswer[], env: NodeJS.ProcessEnv = {}, stack?: string) {
  const fake = new FakePulumi(answers);
  const pulumi = new Pulumi(fake.folder, { ...fake.env, PULUMI_BACKEND_URL: "", ...env });
  const place = await findStack(pulumi, fake.folder, stack, () => undefined).catch((error: Error) => error.message);
  return { place, typed: new Set(fake.typed.map((line) => line.split(" ")[0])) };
}

describe("the stack that a command is about", () => {
  test("is named by two short commands", async () => {
    const { place, typed } = await found([NAMED, WHO], {}, "dev");
    expect(place).toEqual(PLACE);
    expect(typed).toEqual(new Set(["stack", "whoami"]));
  });

  test("takes one command where the backend is set for all of them", async () => {
    const { place, typed } = await found([NAMED], { PULUMI_BACKEND_URL: "s3://states" });
    expect(place).toEqual(PLACE);
    expect(typed).toEqual(new Set(["stack"]));
  });

  test.each<readonly [string, readonly FakeAnswer[]]>([
    ["the name is not said", [WHO]],
    ["the name is empty", [{ ...NAMED, stdout: "" }, WHO]],
    ["the backend is not said", [NAMED]],
    ["the backend is no JSON", [NAMED, { ...WHO, stdout: "ada" }]],
  ])("is what pulumi about says when %s", async (_, answers) => {
    expect((await found([...answers, ABOUT])).place).toEqual(PLACE);
  });

  test("is told to be missing in the words of pulumi about", async () => {
    const nothing = { typed: "about", stdout: JSON.stringify({ errors: ["no stack is selected", "no network"] }) };
    const { place } = await found([nothing]);
    expect(place).toMatch(/^the selected stack of .* cannot be read; .*\n {2}no stack is selected$/);
  });
});
