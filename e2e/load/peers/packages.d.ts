// What the peers' programs use of them. Their own types are there only once e2e's packages are installed, and what the
// compiler finds must not depend on that.
declare module "@dbos-inc/dbos-sdk" {
  type Say = (entry: unknown) => void;

  export const DBOS: {
    setConfig(config: {
      name: string;
      systemDatabaseUrl: string;
      applicationVersion: string;
      enableOTLP: boolean;
      tracingEnabled: boolean;
      logger: Record<"info" | "debug" | "warn" | "error", Say>;
    }): void;
    registerWorkflow<Args extends unknown[], Return>(
      work: (...args: Args) => Promise<Return>,
      config: { name: string },
    ): (...args: Args) => Promise<Return>;
    runStep<Return>(work: () => Promise<Return>, config: { name: string }): Promise<Return>;
    startWorkflow<Args extends unknown[], Return>(
      workflow: (...args: Args) => Promise<Return>,
    ): (...args: Args) => Promise<{ getResult(): Promise<Return> }>;
    launch(): Promise<void>;
    shutdown(): Promise<void>;
  };
}

declare module "graphile-worker" {
  type AddJob = (task: string, payload: object) => Promise<unknown>;

  interface Logger {
    error(message: string): void;
  }
  export const Logger: new (factory: () => (level: string, message: string) => void) => Logger;
  export function run(options: {
    connectionString: string;
    concurrency: number;
    maxPoolSize: number;
    noHandleSignals: boolean;
    parsedCronItems: [];
    logger: Logger;
    taskList: Record<string, (payload: unknown, helpers: { addJob: AddJob }) => Promise<void>>;
  }): Promise<{ addJob: AddJob; stop(): Promise<void> }>;
}
