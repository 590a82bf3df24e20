import type { SCENES } from "./scenes";

/** The screen of each scene, to the letter. */
export const PICTURES: readonly (readonly [keyof typeof SCENES, string])[] = [
  [
    "one deployment serves",
    `
heart-a1b2c  stable
organization/heart/dev, component heart, read 14:20:05 UTC

model-1 has all of the traffic

DEPLOYMENT  ROLE    MODEL  DECLARED   LIVE  STATE      INSTANCES
model-1     stable  1         100 %  100 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms

next     start rolls out a new model
  $ mlflow-rollout start <model folder>
`,
  ],
  [
    "a candidate has no traffic yet",
    `
heart-a1b2c  waiting  before step 1 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

model-2 is deployed and has no traffic yet

DEPLOYMENT  ROLE       MODEL  DECLARED   LIVE  STATE      INSTANCES
model-1     stable     1         100 %  100 %  Succeeded          1
model-2     candidate  2           0 %    0 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     10 %, 25 %, 50 %, 100 %
next     test model-2 with the header azureml-model-deployment; promote gives
         model-2 10 %
  $ mlflow-rollout promote
`,
  ],
  [
    "a step is live",
    `
heart-a1b2c  waiting  step 1 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

model-2 has 10 % of the traffic

DEPLOYMENT  ROLE       MODEL  DECLARED  LIVE  STATE      INSTANCES
model-1     stable     1          90 %  90 %  Succeeded          1
model-2     candidate  2          10 %  10 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     10 % (now), 25 %, 50 %, 100 %
next     promote gives model-2 25 %; abort gives everything back to model-1
  $ mlflow-rollout promote
`,
  ],
  [
    "gates are asked",
    `
heart-a1b2c  waiting  step 1 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

model-2 has 10 % of the traffic

DEPLOYMENT  ROLE       MODEL  DECLARED  LIVE  STATE      INSTANCES
model-1     stable     1          90 %  90 %  Succeeded          1
model-2     candidate  2          10 %  10 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     10 % (now), 25 %, 50 %, 100 %
gates    errors: Azure Monitor
         smoke (dry run), at the last step fail: answers [1] in 3 ms: 1
         prediction, not 4
next     promote gives model-2 25 %; abort gives everything back to model-1
  $ mlflow-rollout promote
`,
  ],
  [
    "it is paused",
    `
heart-a1b2c  paused  step 1 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

paused: waiting for the audit

DEPLOYMENT  ROLE       MODEL  DECLARED  LIVE  STATE      INSTANCES
model-1     stable     1          90 %  90 %  Succeeded          1
model-2     candidate  2          10 %  10 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     10 % (now), 25 %, 50 %, 100 %
next     resume lets the rollout go on; abort gives everything back to model-1
  $ mlflow-rollout resume
`,
  ],
  [
    "it bakes",
    `
heart-a1b2c  baking  step 1 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

model-2 has 10 % of the traffic; the bake time of this step ends at 14:32 UTC

DEPLOYMENT  ROLE       MODEL  DECLARED  LIVE  STATE      INSTANCES
model-1     stable     1          90 %  90 %  Succeeded          1
model-2     candidate  2          10 %  10 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     10 % (now), 25 %, 50 %, 100 %
bake     12 min of 30 min left, until 14:32 UTC
next     from 14:32 UTC on, promote gives model-2 25 %; abort gives everything
         back to model-1
  $ mlflow-rollout promote
`,
  ],
  [
    "an update is under way",
    `
heart-a1b2c  progressing  before step 1 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

an update of the stack is under way (pid 4711 of ada on build-7), deployment
model-2 (Creating)

DEPLOYMENT  ROLE       MODEL  DECLARED   LIVE  STATE      INSTANCES
model-1     stable     1         100 %  100 %  Succeeded          1
model-2     candidate  2           0 %    0 %  Creating           1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     10 %, 25 %, 50 %, 100 %
awaits   deployment model-2 (Creating), since 14:16 UTC, usually 10 to 20 min
         with a first image, else 3 to 10; 4 min by now
next     status --wait ends when it is done
  $ mlflow-rollout status --wait
`,
  ],
  [
    "a deployment has failed",
    `
heart-a1b2c  degraded  step 1 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

deployment model-2 is Failed with 10 % of the traffic

DEPLOYMENT  ROLE       MODEL  DECLARED  LIVE  STATE      INSTANCES
model-1     stable     1          90 %  90 %  Succeeded          1
model-2     candidate  2          10 %  10 %  Failed             1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     10 % (now), 25 %, 50 %, 100 %
next     abort gives everything back to model-1; "az ml online-deployment
         get-logs" says why it failed
  $ mlflow-rollout abort
`,
  ],
  [
    "somebody changed the weights",
    `
heart-a1b2c  degraded  between steps 2 and 3 of 4 (30 is not in the plan)
organization/heart/dev, component heart, read 14:20:05 UTC

the live weights are model-1=70 model-2=30, the last ones written are model-1=90
model-2=10: somebody else changed them

DEPLOYMENT  ROLE       MODEL  DECLARED  LIVE  STATE      INSTANCES
model-1     stable     1          90 %  70 %  Succeeded          1
model-2     candidate  2          10 %  30 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     10 %, 25 %, 50 %, 100 %; now 30 %
next     "pulumi up" says how to keep the live weights or to overwrite them,
         before it writes
  $ pulumi up
`,
  ],
  [
    "it is mirrored",
    `
heart-a1b2c  baking  mirrored, before step 1 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

10 % of the requests are copied to model-2; the mirror stage ends at 14:32 UTC

DEPLOYMENT  ROLE       MODEL  DECLARED   LIVE  MIRROR  STATE      INSTANCES
model-1     stable     1         100 %  100 %     0 %  Succeeded          1
model-2     candidate  2           0 %    0 %    10 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     mirror 10 % (now), 10 %, 25 %, 50 %, 100 %
bake     12 min of 15 min left, until 14:32 UTC
next     from 14:32 UTC on, promote gives model-2 10 %; abort gives everything
         back to model-1
  $ mlflow-rollout promote
`,
  ],
  [
    "it is off the plan",
    `
heart-a1b2c  waiting  between steps 2 and 3 of 4 (30 is not in the plan)
organization/heart/dev, component heart, read 14:20:05 UTC

model-2 has 30 % of the traffic

DEPLOYMENT  ROLE       MODEL  DECLARED  LIVE  STATE      INSTANCES
model-1     stable     1          70 %  70 %  Succeeded          1
model-2     candidate  2          30 %  30 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     10 %, 25 %, 50 %, 100 %; now 30 %
next     promote gives model-2 50 %; abort gives everything back to model-1
  $ mlflow-rollout promote
`,
  ],
  [
    "the candidate has everything",
    `
heart-a1b2c  baking  step 4 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

model-2 has all of the traffic; model-1 is kept until 2026-12-01 13:20 UTC at
least

DEPLOYMENT  ROLE       MODEL  DECLARED   LIVE  STATE      INSTANCES
model-1     stable     1           0 %    0 %  Succeeded          1
model-2     candidate  2         100 %  100 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     10 %, 25 %, 50 %, 100 % (now)
bake     23 h of 1 d left, until 2026-12-01 13:20 UTC
next     from 2026-12-01 13:20 UTC on, finish removes model-1; abort gives
         everything back to model-1
  $ mlflow-rollout finish
`,
  ],
  [
    "there is no endpoint yet",
    `
no endpoint yet  waiting  before step 1 of 4
organization/heart/dev, read 14:20:05 UTC

nothing is deployed yet

DEPLOYMENT  ROLE       MODEL  DECLARED  LIVE  STATE  INSTANCES
model-1     stable     1         100 %   0 %  none           -
model-2     candidate  2           0 %   0 %  none           -

plan     10 %, 25 %, 50 %, 100 %
config   asks for new deployment model-1 with model version 1, new deployment
         model-2 with model version 2, model-1 0 -> 100
next     "pulumi up" applies what stack config asks for
  $ pulumi up
`,
  ],
  [
    "there are no metrics",
    `
heart-a1b2c  waiting  step 1 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

model-2 has 10 % of the traffic

DEPLOYMENT  ROLE       MODEL  DECLARED  LIVE  STATE      INSTANCES
model-1     stable     1          90 %  90 %  Succeeded          1
model-2     candidate  2          10 %  10 %  Succeeded          1

plan     10 % (now), 25 %, 50 %, 100 %
next     promote gives model-2 25 %; abort gives everything back to model-1
  $ mlflow-rollout promote
missing  requests and errors: Azure answers 403 AuthorizationFailed; it needs
         the permission Microsoft.Insights/metrics/read
`,
  ],
  [
    "config was edited",
    `
heart-a1b2c  waiting  step 1 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

stack config asks for something that no update has applied yet

DEPLOYMENT  ROLE       MODEL  DECLARED  LIVE  STATE      INSTANCES
model-1     stable     1          75 %  90 %  Succeeded          1
model-2     candidate  2          25 %  10 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     10 % (now), 25 %, 50 %, 100 %
config   asks for model-1 90 -> 75, model-2 10 -> 25
next     "pulumi up" applies what stack config asks for
  $ pulumi up
`,
  ],
  [
    "an update was cut off",
    `
heart-a1b2c  degraded  before step 1 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

the last update was cut off: its lock is still there, and pid 4711 that took it
is gone

DEPLOYMENT  ROLE       MODEL  DECLARED   LIVE  STATE      INSTANCES
model-1     stable     1         100 %  100 %  Succeeded          1
model-2     candidate  2           0 %    0 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-1              412   0.0 %  21 ms  38 ms
model-2              138   0.2 %  24 ms  41 ms

plan     10 %, 25 %, 50 %, 100 %
next     recover releases the lock, adds to the state what only Azure has, and
         runs the update again
  $ mlflow-rollout recover
`,
  ],
  [
    "there are 20 deployments",
    `
heart-a1b2c  waiting  between steps 1 and 2 of 4 (20 is not in the plan)
organization/heart/dev, component heart, read 14:20:05 UTC

model-02 has 20 % of the traffic

DEPLOYMENT  ROLE       MODEL  DECLARED  LIVE  STATE      INSTANCES
model-01    stable     1          80 %  80 %  Succeeded          1
model-02    candidate  2          20 %  20 %  Succeeded          1
model-03    other      3           0 %   0 %  Succeeded          1
model-04    other      4           0 %   0 %  Succeeded          1
model-05    other      5           0 %   0 %  Succeeded          1
model-06    other      6           0 %   0 %  Succeeded          1
model-07    other      7           0 %   0 %  Succeeded          1
model-08    other      8           0 %   0 %  Succeeded          1
model-09    other      9           0 %   0 %  Succeeded          1
model-10    other      10          0 %   0 %  Succeeded          1
model-11    other      11          0 %   0 %  Succeeded          1
model-12    other      12          0 %   0 %  Succeeded          1
model-13    other      13          0 %   0 %  Succeeded          1
model-14    other      14          0 %   0 %  Succeeded          1
model-15    other      15          0 %   0 %  Succeeded          1
model-16    other      16          0 %   0 %  Succeeded          1
model-17    other      17          0 %   0 %  Succeeded          1
model-18    other      18          0 %   0 %  Succeeded          1
model-19    other      19          0 %   0 %  Succeeded          1
model-20    other      20          0 %   0 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50      P95
model-01             0.4  <0.1 %  21 ms  1038 ms

plan     10 %, 25 %, 50 %, 100 %; now 20 %
next     promote gives model-02 25 %; abort gives everything back to model-01
  $ mlflow-rollout promote
`,
  ],
  [
    "names are long",
    `
heart-classifier-production-ab12  paused  step 3 of 4
organization/heart/dev, component heart, read 14:20:05 UTC

paused: the people of the night shift want to look at the answers of the new
model before more callers get them

DEPLOYMENT             ROLE       MODEL     DECLARED  LIVE  STATE      INSTANCES
heart-clas…ction-ab-1  stable     20261130      50 %  50 %  Succeeded          1
heart-clas…ction-ab-2  candidate  20261201      50 %  50 %  Succeeded          1

plan     10 %, 25 %, 50 % (now), 100 %
next     resume lets the rollout go on; abort gives everything back to
         heart-classifier-production-ab-1
  $ mlflow-rollout resume --stack production
`,
  ],
];
