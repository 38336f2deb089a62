/** What the service asks of the outside. */
export interface Ports {
  /** Text of the file at a URI; undefined when there is none or it cannot be read. */
  readFile(uri: string): Promise<string | undefined>;
  log(level: 'info' | 'warn' | 'error', message: string): void;
}
