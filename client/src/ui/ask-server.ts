/** Asks the language server, which knows projects and Dockerfiles; the composition root hands it to the capabilities. */
export type AskServer = <Result>(method: string, params: unknown) => Promise<Result>;
