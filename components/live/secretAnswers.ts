import * as pulumi from "@pulumi/pulumi";

/** Functions whose answer is a credential. */
const SECRET = new Set([
  "azure-native:authorization:getClientToken",
  "azure-native:machinelearningservices:listOnlineEndpointKeys",
]);
const hidden = new WeakSet<object>();

interface Request {
  getTok(): string;
}
type Answered = (error: unknown, answer: object | undefined) => void;
interface Invoker {
  invoke(request: Request, answered: Answered): unknown;
}

/**
 * Keeps credentials out of the debug log and the event log. The SDK writes the answer of every invoke there as text, and
 * no option of a call turns that off; so the answers of some calls get a text that says nothing.
 */
export function hideSecretAnswers(): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Invoker | undefined;
  if (monitor === undefined || hidden.has(monitor)) return;
  hidden.add(monitor);
  const invoke = monitor.invoke.bind(monitor);
  monitor.invoke = (request, answered) =>
    invoke(request, (error, answer) => {
      if (answer !== undefined && SECRET.has(request.getTok())) answer.toString = () => "[secret]";
      answered(error, answer);
    });
}
