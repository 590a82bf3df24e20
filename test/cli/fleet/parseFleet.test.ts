import { expect, test } from "vitest";
import { parseFleet } from "../../../cli/fleet/parseFleet";

const FOLDER = "/srv/fleet";
const read = (text: string, isProject = true) => parseFleet(text, FOLDER, () => isProject);
const told = (text: string, isProject = true): readonly string[] =>
  read(text, isProject).problems.map(({ line, path, reason }) => `${line} ${path}: ${reason}`);

test("a fleet file", () => {
  const { fleet, problems } = read(`
concurrency: 2
waves:
  - endpoints:
      - { stack: dev, component: heart }
  - after: step 2
    minutes: 30
    endpoints:
      - { project: ../stroke, stack: prod }
      - stack: acme/prod
  - endpoints: [{ stack: dev, component: stroke }]
`);
  expect(problems).toEqual([]);
  expect(fleet).toEqual({
    concurrency: 2,
    waves: [
      { start: undefined, members: [{ id: "dev/heart", cwd: FOLDER, stack: "dev", component: "heart" }] },
      {
        start: { after: { step: 2 }, minutes: 30 },
        members: [
          { id: "../stroke/prod", cwd: "/srv/stroke", stack: "prod" },
          { id: "acme/prod", cwd: FOLDER, stack: "acme/prod" },
        ],
      },
      {
        start: { after: "done", minutes: 0 },
        members: [{ id: "dev/stroke", cwd: FOLDER, stack: "dev", component: "stroke" }],
      },
    ],
  });
});

test("everything that is wrong is said at once, with its line", () => {
  expect(
    told(`concurency: 3
waves:
  - after: done
    minutes: 3
    endpoints:
      - { stack: dev, komponent: x }
      - { stack: dev }
  - after: setp 2
    minutes: -1
  - endpoints: [heart, { stack: 3, component: "" }]
`),
  ).toEqual([
    "1 concurency: no such key; did you mean concurrency?",
    "3 waves[0].after: the first wave starts at once; remove it",
    "4 waves[0].minutes: the first wave starts at once; remove it",
    "6 waves[0].endpoints[0].komponent: no such key; did you mean component?",
    "7 waves[0].endpoints[1]: dev is named at waves[0].endpoints[0] already; an endpoint is in one wave",
    "8 waves[1].endpoints: must be a list of endpoints, each with a stack, got nothing",
    '8 waves[1].after: must be done, start, or a step such as "step 2", of the wave before; got "setp 2"',
    "9 waves[1].minutes: must be a whole number from 0 to 10080, got -1",
    '10 waves[2].endpoints[0]: must be a map with a stack, got "heart"',
    "10 waves[2].endpoints[1].stack: must be a text, got 3",
    '10 waves[2].endpoints[1].component: must be a text, got ""',
  ]);
});

test.each([
  ["", "1 the file: must be a map with the list waves, got null"],
  ["waves: []", "1 waves: must be a list of waves, each with the list endpoints, got []"],
  ["waves: 3", "1 waves: must be a list of waves, each with the list endpoints, got 3"],
  [
    "concurrency: 99\nwaves: [{ endpoints: [{ stack: dev }] }]",
    "1 concurrency: must be a whole number from 1 to 16, got 99",
  ],
])("%j", (text, first) => {
  expect(told(text)[0]).toBe(first);
});

test("a file that is no YAML, and a folder without a project", () => {
  expect(told("waves: [\n  a: }")[0]).toMatch(/^\d the file: is not valid YAML: /);
  expect(told("waves:\n  - endpoints:\n      - { project: x, stack: dev }", false)).toEqual([
    "3 waves[0].endpoints[0].project: no Pulumi project in /srv/fleet/x; set project to the folder of its Pulumi.yaml",
  ]);
});
