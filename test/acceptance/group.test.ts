import { afterAll, beforeAll, expect, test } from "vitest";
import type { Cloud } from "../../acceptance/cloud";
import { Group, deleteCommand, groupName, groupsLeft } from "../../acceptance/group";
import { localCloud } from "../../acceptance/localCloud";
import { Redactor } from "../../acceptance/redact";
import { emptyReport } from "../../acceptance/report";
import { ReportFile } from "../../acceptance/reportFile";
import { runAcceptance } from "../../acceptance/runAcceptance";
import { temporaryFolder } from "../support/temporaryFolder";

let cloud: Awaited<ReturnType<typeof localCloud>>;

beforeAll(async () => {
  cloud = await localCloud();
});
afterAll(() => cloud.close());

async function groups(): Promise<readonly unknown[]> {
  return (await cloud.azure.resources("/resourceGroups")).map(({ name }) => name);
}

test("a name is made once, and shown in the command that deletes it", () => {
  const [one, other] = [groupName(), groupName()];
  expect(one).toMatch(/^rg-mlflow-acceptance-[0-9a-f]{6}$/);
  expect(other).not.toBe(one);
  expect(deleteCommand(one)).toBe(`az group delete --name ${one} --yes`);
});

test("a group of ours is told from others, and deleted", async () => {
  await cloud.azure.arm("PUT", "resourceGroups/theirs", { location: "westeurope", tags: { team: "heart" } });
  const group = new Group(cloud, "ours");
  await group.refuseExisting();
  await group.create("westeurope");
  expect(await groupsLeft(cloud)).toEqual(["ours"]);
  expect(await group.contents()).toEqual([]);
  await group.delete();
  expect(await groups()).toEqual(["theirs"]);
  await expect(group.delete()).resolves.toBeUndefined();
});

test("a group that is there already is refused, and left as it is", async () => {
  const circumstances = {
    version: "0.1.0",
    target: "local",
    location: "westeurope",
    instanceType: "Standard_F2s_v2",
    pulumi: "",
    plugins: "",
    node: "",
  } as const;
  const redactor = new Redactor();
  const file = new ReportFile(temporaryFolder({}), redactor, emptyReport(circumstances, new Date()));
  const { location, instanceType } = circumstances;
  const order = {
    cloud,
    group: "theirs",
    location,
    instanceType,
    engineEnv: {},
    file,
    redactor,
    tell: () => undefined,
  };
  await expect(runAcceptance({ ...order, signal: new AbortController().signal })).rejects.toThrow(
    "resource group theirs exists already; nothing was created",
  );
  expect(await groups()).toEqual(["theirs"]);
});

test("a group that Azure does not let go at once is asked for again", async () => {
  const group = new Group(refusing(cloud, 2), "stubborn");
  await group.create("westeurope");
  await group.delete();
  expect(await groups()).not.toContain("stubborn");
});

/** A cloud that refuses the first deletes, as one does while something in the group is being made. */
function refusing(real: Cloud, times: number): Cloud {
  let left = times;
  return {
    ...real,
    send: (method, url, sent) => {
      if (method !== "DELETE" || left === 0) return real.send(method, url, sent);
      left -= 1;
      return Promise.resolve({ status: 409, headers: {}, body: { error: { code: "ResourceGroupDeletionBlocked" } } });
    },
  };
}
