import type { Reporter, TestModule } from "vitest/node";

/** Prints the plain line that scripts read: `12 passed, 0 failed, 1 skipped`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const testModule of modules) {
      const tests = [...testModule.children.allTests()];
      for (const { result } of tests.map((test) => ({ result: test.result() }))) count[result.state] += 1;
      // A file whose hooks fail is a failure of its own, whatever its tests say.
      if (testModule.state() === "failed" && !tests.some((test) => test.result().state === "failed")) count.failed += 1;
    }
    const semantics = modules.find(({ moduleId }) => moduleId.endsWith("/test/conformance/conformance.test.ts"));
    if (semantics !== undefined) console.log(`\nconformance: ${passedIn(semantics)} semantics passed`);
    console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped`);
  }
}

function passedIn(testModule: TestModule): number {
  return [...testModule.children.allTests()].filter((test) => test.result().state === "passed").length;
}
