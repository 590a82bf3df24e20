import { invokerOf } from "./sdkInternals";

/** Functions that return a credential. */
const SECRET = new Set([
  "azure-native:authorization:getClientToken",
  "azure-native:machinelearningservices:listOnlineEndpointKeys",
  "azure-native:storage:listStorageAccountKeys",
]);
const hidden = new WeakSet<object>();

/**
 * Keeps credentials out of the debug log and the event log. The SDK logs every invoke's answer as text, and no option
 * turns that off, so these answers get a neutral text form.
 */
export function hideSecretAnswers(): void {
  const monitor = invokerOf();
  if (monitor === undefined || hidden.has(monitor)) return;
  hidden.add(monitor);
  const invoke = monitor.invoke.bind(monitor);
  monitor.invoke = (request, answered) =>
    invoke(request, (error, answer) => {
      if (answer !== undefined && SECRET.has(request.getTok())) answer.toString = () => "[secret]";
      answered(error, answer);
    });
}
