import { startLocalAzure } from "azure-mlflow-rollout-local";
import { HeartStack } from "./stack";
async function main() {
  const azure = await startLocalAzure({ speed: 1000 });
  console.log(azure.url);
  const s = await HeartStack.open(azure.env);
  try {
    for (const cfg of [
      {},
      {},
      { modelVersions: {"1":"models/blue","2":"models/green"}, deployments: {default:{modelVersion:"1"},"xgboost-model-2":{modelVersion:"2"}}, candidate: "xgboost-model-2", candidateTraffic: "0"},
      { candidateTraffic: "10"}, {}, {candidateTraffic: "100"}, {deployments:{"xgboost-model-2":{modelVersion:"2"}}, candidate: "", candidateTraffic:"0"}
    ]) {
      await s.configure(cfg);
      let t = Date.now();
      const p = await s.preview(); console.log(p.text, Date.now()-t);
      t = Date.now();
      const u = await s.up(); console.log(u.text, u.changes, u.steps, Date.now()-t);
    }
    console.log(await s.outputs());
    console.log((await s.destroy()).text);
  } catch (e) { console.log(String((e as Error).message).slice(0,4000)); }
  finally { s.close(); await azure.close(); }
}
main();
