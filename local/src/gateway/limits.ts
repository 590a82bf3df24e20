/** The container exceeded the deployment's request timeout. */
export class Timeout extends Error {}

/** @throws Timeout when the work does not finish in time */
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

/** The deployment's request queue is full. */
export class Saturated extends Error {}
