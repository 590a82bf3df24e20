import type { BenchPart } from "./common/part";
import { benchComponents } from "./components/run";
import { benchDecision } from "./decision";
import { benchGrowth } from "./growth/run";
import { benchLoading } from "./loading";
import { benchLocalAzure } from "./localAzure";
import { benchMemory } from "./memory";
import { benchProgram } from "./program";
import { benchRehearsal } from "./rehearsal";
import { benchScoring } from "./scoring/run";
import { benchStep } from "./step/step";
import { benchThrottling } from "./throttling/run";
import { benchUpload } from "./upload";

/** All parts, in the order in which they run and stand on the page. */
export const PARTS: readonly BenchPart[] = [
  {
    name: "step",
    measures: "a weight step, with and without a preview, an abort, and the first update",
    about:
      "Commands typed in a project folder, one after the other in turns. The expert's program is " +
      "[bench/programs/expert](../bench/programs/expert/index.ts): azure-native as its documentation has it, with the weights on the " +
      "endpoint. All of them have the same engine, the same plugins, an existing workspace and registered models.",
    run: benchStep,
  },
  {
    name: "program",
    measures: "import, --help, and the memory of a program",
    about: "Processes of Node, started one after the other in turns.",
    run: benchProgram,
  },
  {
    name: "loading",
    measures: "the first preview of an edited program, by how it is run",
    about:
      "The same program with the same plugins, in turns; only the runtime in `Pulumi.yaml` differs. Pulumi loads a program anew for each " +
      "preview and each update; it keeps what it has compiled of the program itself, so that types are checked once after an edit, and " +
      "in each run of a pipeline.",
    run: benchLoading,
  },
  {
    name: "components",
    measures: "what each component beyond the first adds to a stack",
    about: "Stacks of several sizes in one process; the least of all rounds.",
    run: benchComponents,
  },
  {
    name: "growth",
    measures: "what a stack takes as it grows",
    about:
      "A stack of one component with two deployments, a model of ten files and no plan, which grows in one way: a preview without " +
      "changes, and a first weight step by `pulumi up --skip-preview`. Requests to Azure Resource Manager, without looks at what is " +
      "under way; the least time of all rounds; the state as a file; the memory of the program at its peak.",
    run: benchGrowth,
  },
  {
    name: "upload",
    measures: "the upload of a model folder",
    about:
      "Microsoft's client sends the same files to the same server, as many at a time; the server keeps blobs as files.",
    run: benchUpload,
  },
  {
    name: "decision",
    measures: "step decisions a second",
    about: "The pure function that decides a step, with a plan and all of its rules, on one core.",
    run: benchDecision,
  },
  {
    name: "scoring",
    measures: "scoring requests beside a bare session, and a full rollout under the highest load",
    about:
      "The bare session is a server of Node's with the same models and connections that parses the JSON, makes the tensors, runs " +
      "the session and writes the answer; TLS alone is one that reads the request and does nothing. All of them are in one process, " +
      "in turns, and callers in another one. Processor time is that of the servers' process for a request, and what a core does in a " +
      "second follows from it. The rollout moves the weights while 64 callers send without a pause, so that requests always wait; a " +
      "request is lost when it gets no answer with status 200.",
    run: benchScoring,
  },
  {
    name: "memory",
    measures: "whether the server's memory grows with the requests that it has answered",
    about: "100,000 scoring requests to one server.",
    run: benchMemory,
  },
  {
    name: "local-azure",
    measures: "start, answers and memory of the local Azure ML",
    about: "Storage accounts are what fills it.",
    run: benchLocalAzure,
  },
  {
    name: "rehearsal",
    measures: "a rehearsal of five steps",
    about: "`mlflow-rollout rehearse` of the example, with 1000 requests in each stage.",
    run: benchRehearsal,
  },
  {
    name: "throttling",
    measures: "a step of 500 endpoints within Azure's limits of requests",
    about:
      "Each endpoint has 20 deployments, as many as Azure allows; a subscription has 500 in a region, so the fleet needs 20 regions " +
      "of one subscription, or as many subscriptions. Each step sends [the requests of a step](#the-requests-of-a-step) to the local " +
      "Azure, which throttles as Azure Resource Manager does: 250 reads and 200 writes at once for each subscription and principal, " +
      "where the caller is, and 25 and 10 more each second. What is throttled is sent again as azure-native does, three times; an " +
      "update that then fails is made again a minute later. All of it is in virtual time, and the same each time: an answer takes " +
      "200 ms, a write 22 s with a look every 10 s, and the engine nothing, which makes requests denser than they are.",
    isVirtual: true,
    run: benchThrottling,
  },
];
