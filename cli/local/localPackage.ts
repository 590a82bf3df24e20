/** The local Azure ML, with its heavy dependencies, is a separate package. */
export type LocalPackage = typeof import("azure-mlflow-rollout-local");

const NAME = "azure-mlflow-rollout-local";

/** @throws Error with the install line when the package is not installed */
export async function loadLocalPackage(): Promise<LocalPackage> {
  try {
    return await import("azure-mlflow-rollout-local");
  } catch (error) {
    // The same code is thrown when a file inside the package is missing, which is a different problem.
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ERR_MODULE_NOT_FOUND" || !message.includes(`'${NAME}'`)) throw error;
    throw new Error(`the local Azure is not installed; run: npm install --save-dev ${NAME}`, { cause: error });
  }
}
