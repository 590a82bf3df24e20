import { invokerOf } from "./sdkInternals";

/** Functions whose answer is a credential. */
const SECRET = new Set([
  "azure-native:authorization:getClientToken",
  "azure-native:machinelearningservices:listOnlineEndpointKeys",
  "azure-native:storage:listStorageAccountKeys",
]);
const hidden = new WeakSet<object>();

/**
 * Keeps credentials out of the debug log and the event log. The SDK writes the answer of every invoke there as text, and
 * no option of a call turns that off; so the answers of some calls get a text that says nothing.
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
