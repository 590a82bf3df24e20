import { BLUE, GREEN } from "../../../driver/article";
import { STEPPED } from "../testbed/program";
import { PROTECTED_ERROR } from "./inlineCases";
import { typedCases } from "./typedCases";

const NEW = "new pulumi.ComponentResource(type";

/** The same from a program in another language. */
export const remoteEdits = typedCases(
  "the program is edited",
  [
    {
      name: "renames the component, in another language",
      does: (testbed) => testbed.edit(['ComponentResource(type, "heart"', 'ComponentResource(type, "cardio"']),
      // Without a preview it ends as it does for an inline program.
      commands: ["pulumi preview"],
      says: [PROTECTED_ERROR],
    },
    {
      name: "takes the component out, in another language",
      does: (testbed) => testbed.edit([NEW, "if (false) new pulumi.ComponentResource(type"]),
      says: [PROTECTED_ERROR],
    },
    {
      name: "shifts and removes in the same update, in another language",
      does: (testbed) =>
        testbed.configure({ deployments: { [GREEN]: { modelVersion: "2" } }, traffic: { [GREEN]: 100 } }),
      says: [BLUE],
    },
  ],
  "remote",
);

export const remoteInputs = typedCases(
  "inputs and other people's code",
  [
    {
      name: "gives a tag that cannot be had, in another language",
      does: (testbed) =>
        testbed.edit([
          'authMode: "Key",',
          'authMode: "Key", tags: { owner: pulumi.output(Promise.reject(new Error("the directory does not answer"))) },',
        ]),
      says: ["the directory does not answer"],
      showsFrames: true,
    },
    {
      name: "makes a step, in another language",
      does: (testbed) => testbed.configure({ traffic: STEPPED }),
      ends: "succeeds",
      live: STEPPED,
      writes: 1,
    },
  ],
  "remote",
);
