/** The container took longer than the deployment's request timeout. */
export class Timeout extends Error {}

/** @throws Timeout when the work is not done in time */
export function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Timeout()), ms);
    work.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/** The deployment has no room for another request. */
export class Saturated extends Error {}
