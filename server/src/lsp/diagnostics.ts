import {
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Configuration } from '../config/configuration.ts';
import type { BuildContext } from '../facts/build-context.ts';
import type { Finding } from '../lint/finding.ts';
import type { Service } from '../service.ts';
import { toDiagnostic } from './convert.ts';
import type { FileProblems } from './file-problems.ts';

/** Pause after the last change before the second pass runs, in milliseconds. */
const secondPassDelay = 250;
/** So long the second pass waits for ShellCheck, so that its findings do not flicker; then it goes ahead without it. */
const shellcheckPatience = 500;

export interface Judged {
  readonly service: Service;
  /** Undefined when linting is off for the document. */
  readonly configuration: Configuration | undefined;
  readonly context: BuildContext | undefined;
  /** ShellCheck takes part in the second pass. */
  readonly shellcheck: boolean;
  /** Docker Hub may be asked for what can be completed. */
  readonly asksDockerHub: boolean;
}

export interface DiagnosticsOptions {
  readonly connection: Connection;
  /** The client asks for diagnostics itself; else every first pass is published as well. */
  readonly pulls: boolean;
  judge(document: TextDocument): Promise<Judged>;
  open(uri: string): TextDocument | undefined;
  readonly fileProblems: FileProblems;
}

export interface Diagnostics {
  /** Answers a pull with the first pass. */
  pull(document: TextDocument, previousResultId: string | undefined): Promise<DocumentDiagnosticReport>;
  /** Starts both passes anew for a document that was opened or changed; the results of older versions are dropped. */
  changed(document: TextDocument): void;
  closed(uri: string): void;
  /** How much ShellCheck says of a document as it is; undefined as long as that is not known. */
  checked(document: TextDocument): number | undefined;
  /** Makes every earlier answer stale, for when settings or configuration files changed. */
  invalidate(): void;
}

/**
 * Publishes and answers diagnostics. A client that pulls gets the first pass on request and the second one published;
 * a client that does not gets the first pass published at once, and then both together.
 */
export function createDiagnostics({
  connection,
  pulls,
  judge,
  open,
  fileProblems,
}: DiagnosticsOptions): Diagnostics {
  const timers = new Map<string, NodeJS.Timeout>();
  const checking = new Map<string, AbortController>();
  /** How much ShellCheck said, and of which state of a document. */
  const said = new Map<string, { of: string; count: number }>();
  let generation = 0;
  const stateOf = ({ version }: TextDocument) => `${generation}:${version}`;

  const toDiagnostics = (
    { service, configuration }: Judged,
    document: TextDocument,
    findings: readonly Finding[],
  ): Diagnostic[] => {
    const starts = configuration ? service.instructionStarts(document.getText(), configuration) : [];
    return findings.map((finding) => toDiagnostic(document, finding, starts));
  };
  const isCurrent = (document: TextDocument, version: number) =>
    open(document.uri) === document && document.version === version;
  const publish = (document: TextDocument, version: number, diagnostics: Diagnostic[]) =>
    void connection.sendDiagnostics({ uri: document.uri, version, diagnostics });

  /** A pass that fails is logged; as an unhandled rejection it would end the server. */
  const run = (pass: Promise<void>) =>
    void pass.catch((error) => connection.console.error(`A document could not be linted: ${error}`));

  async function publishFirstPass(document: TextDocument, version: number): Promise<void> {
    const judged = await judge(document);
    const { service, configuration, context } = judged;
    if (!isCurrent(document, version)) return;
    const findings = configuration ? service.lint(document.getText(), configuration, context) : [];
    fileProblems.reportFaults(document.uri, findings);
    publish(document, version, toDiagnostics(judged, document, findings));
  }

  async function publishSecondPass(document: TextDocument, version: number): Promise<void> {
    const judged = await judge(document);
    const { service, configuration, context, shellcheck } = judged;
    if (!isCurrent(document, version)) return;
    const text = document.getText();
    const state = stateOf(document);
    const known = configuration && !pulls ? service.lint(text, configuration, context) : [];
    const stop = startChecking(document.uri);
    const checked =
      configuration && shellcheck
        ? service.shellcheck(text, configuration, stop.signal)
        : Promise.resolve([]);
    stop.begin();
    const say = (findings: readonly Finding[]) => {
      if (!isCurrent(document, version) || stop.signal.aborted) return;
      publish(document, version, toDiagnostics(judged, document, findings));
    };
    const late = setTimeout(() => say(known), shellcheckPatience);
    try {
      const comments = await checked;
      if (isCurrent(document, version) && !stop.signal.aborted)
        said.set(document.uri, { of: state, count: comments.length });
      say([...known, ...comments]);
    } finally {
      clearTimeout(late);
    }
  }

  /** Only `begin` ends the check before, so that scripts which both want are not started anew. */
  function startChecking(uri: string) {
    const before = checking.get(uri);
    const controller = new AbortController();
    checking.set(uri, controller);
    return { signal: controller.signal, begin: () => before?.abort() };
  }

  return {
    async pull(document, previousResultId) {
      const judged = await judge(document);
      const { service, configuration, context } = judged;
      const resultId = stateOf(document);
      if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
      const findings = configuration ? service.lint(document.getText(), configuration, context) : [];
      const items = toDiagnostics(judged, document, findings);
      fileProblems.reportFaults(document.uri, findings);
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
    },
    changed(document) {
      const { uri, version } = document;
      clearTimeout(timers.get(uri));
      if (!pulls) run(publishFirstPass(document, version));
      timers.set(
        uri,
        setTimeout(() => run(publishSecondPass(document, version)), secondPassDelay),
      );
    },
    closed(uri) {
      clearTimeout(timers.get(uri));
      timers.delete(uri);
      checking.get(uri)?.abort();
      checking.delete(uri);
      said.delete(uri);
      // Versions start anew when a document is opened again, so an old result id must not match.
      generation++;
      void connection.sendDiagnostics({ uri, diagnostics: [] });
      fileProblems.reportFaults(uri, []);
    },
    checked(document) {
      const last = said.get(document.uri);
      return last?.of === stateOf(document) ? last.count : undefined;
    },
    invalidate() {
      generation++;
    },
  };
}
