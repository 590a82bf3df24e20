import { expect, test } from "vitest";
import { stackEnvironment } from "../../../cli/stack/environment";
import { Pulumi } from "../../../cli/stack/pulumi";
import type { FakeAnswer } from "../../support/fakePulumi";
import { FakePulumi } from "../../support/fakePulumi";

const PLACE = { name: "dev", fullName: "acme/heart/dev", backendUrl: "https://app.pulumi.com/ada" };

async function open(answers: readonly FakeAnswer[], backendUrl = PLACE.backendUrl) {
  const fake = new FakePulumi(answers);
  const said: string[] = [];
  const pulumi = new Pulumi(fake.folder, fake.env);
  const variables = await stackEnvironment(pulumi, { ...PLACE, backendUrl }, (line) => said.push(line));
  return { variables, said, typed: fake.typed };
}

test("the environments of the stack give their variables, the later ones first of all", async () => {
  const { variables, said, typed } = await open([
    { typed: "config env ls", stdout: '["azure", "shared/prod"]' },
    {
      typed: "env open acme/default/azure ",
      stdout: JSON.stringify({ environmentVariables: { ARM_TENANT_ID: "t", ARM_SUBSCRIPTION_ID: "s" } }),
    },
    {
      typed: "env open acme/shared/prod ",
      stdout: JSON.stringify({ environmentVariables: { ARM_SUBSCRIPTION_ID: "p" }, pulumiConfig: {} }),
    },
  ]);
  expect(variables).toEqual({ ARM_TENANT_ID: "t", ARM_SUBSCRIPTION_ID: "p" });
  expect(said).toEqual([]);
  expect(typed).toEqual([
    "config env ls --json --stack dev",
    "env open acme/default/azure --format json",
    "env open acme/shared/prod --format json",
  ]);
});

test("one that cannot be opened is told of", async () => {
  const { variables, said } = await open([
    { typed: "config env ls", stdout: '["azure"]' },
    { typed: "env open", stderr: "warning: old\n[403] not allowed\n", code: 255 },
  ]);
  expect(variables).toEqual({});
  expect(said).toEqual(["environment azure cannot be opened, Azure is asked without it: [403] not allowed"]);
});

test.each(["file:///state", "s3://bucket", "azblob://container"])("a stack in %s has none", async (backend) => {
  expect(await open([], backend)).toEqual({ variables: {}, said: [], typed: [] });
});
