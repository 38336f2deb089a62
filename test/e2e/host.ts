// VS Code in the browser, for the end-to-end suites and for `npm start`: code-server, and Chromium to drive it.
// Test payloads need `enable-smoke-test-driver`; UI sessions must not have it, for it suppresses notifications.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { logFile } from '../parts/cache.ts';
import type { Parts } from '../parts/environment.ts';
import {
  onExit,
  runOrThrow,
  type Service,
  startService,
  temporaryFolder,
  waitUntil,
} from '../parts/processes.ts';
import { freePort } from '../parts/registry.ts';
import { installUnpacked } from '../parts/unpacked.ts';

type BrowserParts = NonNullable<Parts['browser']>;

export type HostOptions = {
  /** The user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What the extension host and its terminals see; usually `toolEnvironment(parts)`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** True to run suites by `runSuite`, false to see what a person sees. */
  readonly testDriver?: boolean;
  /** Packaged extensions to install before the start. */
  readonly vsix?: readonly string[];
  /** Unpackaged extensions to install before the start; a suite names its extension itself instead. */
  readonly unpacked?: readonly string[];
  /** A prepared extensions folder in place of an empty one. */
  readonly extensions?: string;
  /** Ask whether the folder is trusted, as VS Code does by default. */
  readonly workspaceTrust?: boolean;
  /** `debug` and `trace` show what the extension would only tell who asks for it. */
  readonly logLevel?: 'info' | 'debug' | 'trace';
  readonly port?: number;
};

export type Host = {
  readonly origin: string;
  readonly service: Service;
  /** HOME of the server and of what runs in it. */
  readonly home: string;
  readonly userData: string;
  readonly extensions: string;
  stop(): Promise<void>;
};

export async function startHost(parts: BrowserParts, options: HostOptions = {}): Promise<Host> {
  const root = temporaryFolder('vscode');
  const home = makeFolder(root, 'home');
  const userData = makeFolder(root, 'data');
  const extensions = options.extensions ?? makeFolder(root, 'extensions');
  makeFolder(userData, 'User');
  const settings = { ...quietSettings, ...options.settings };
  writeFileSync(path.join(userData, 'User/settings.json'), JSON.stringify(settings, undefined, 2));
  writeFileSync(path.join(root, 'config.yaml'), '');
  const port = options.port ?? (await freePort());
  const env = hostEnvironment(root, home, options.env ?? process.env);
  const folders = [
    '--config',
    path.join(root, 'config.yaml'),
    '--user-data-dir',
    userData,
    '--extensions-dir',
    extensions,
  ];
  for (const folder of options.unpacked ?? []) await installUnpacked(folder, extensions);
  for (const file of options.vsix ?? []) {
    await runOrThrow(parts.node, [parts.codeServer, ...folders, '--install-extension', file], { env });
  }
  const service = startService(
    parts.node,
    [
      ...[parts.codeServer, ...folders, '--bind-addr', `127.0.0.1:${port}`, '--auth', 'none'],
      ...[
        '--disable-telemetry',
        '--disable-update-check',
        '--disable-getting-started-override',
        '--disable-proxy',
      ],
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(options.logLevel ? ['--log', options.logLevel] : []),
      ...(options.testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
      ...['--vscode-option', 'disable-experiments'],
    ],
    logFile(`code-server-${process.pid}-${port}`),
    { env, cwd: home },
  );
  const origin = `http://127.0.0.1:${port}`;
  const healthy = async () => (await fetch(`${origin}/healthz`)).status === 200;
  if (!(await waitUntil(healthy, { timeout: 30_000, while: service.running }))) {
    await service.stop();
    throw new Error(`code-server did not answer at ${origin}. Read ${service.logFile}:\n${service.tail()}`);
  }
  return { origin, service, home, userData, extensions, stop: () => service.stop(3_000) };
}

/** Nothing that asks for attention, and nothing that looks for the outside world. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.ignoreRecommendations': true,
  'extensions.autoUpdate': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'chat.disableAIFeatures': true,
};

function hostEnvironment(
  root: string,
  home: string,
  base: NonNullable<HostOptions['env']>,
): NodeJS.ProcessEnv {
  const kept = Object.entries(base).filter(
    // From a terminal of VS Code, or from npm, variables come along that would steer this VS Code.
    ([key]) => !/^(VSCODE_|npm_|NODE_OPTIONS|NODE_TEST_CONTEXT|CODE_SERVER_)/.test(key),
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_CONFIG_HOME: makeFolder(home, '.config'),
    XDG_DATA_HOME: makeFolder(home, '.local/share'),
    XDG_CACHE_HOME: makeFolder(home, '.cache'),
    XDG_STATE_HOME: makeFolder(home, '.local/state'),
    XDG_RUNTIME_DIR: makeFolder(root, 'run'),
    TMPDIR: makeFolder(root, 'tmp'),
    EXTENSIONS_GALLERY: '{}',
    // As when started from a terminal: else a login shell is asked for PATH, and the parts under test are not on its.
    VSCODE_CLI: '1',
  };
}

/** Chromium without a window that reaches the loopback and nothing else. */
export async function openBrowser(parts: BrowserParts): Promise<Browser> {
  const home = temporaryFolder('chromium');
  const browser = await chromium.launch({
    executablePath: parts.chromium,
    headless: true,
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home } as Record<
      string,
      string
    >,
    args: [
      ...['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
  onExit(() => browser.close());
  return browser;
}

export type FolderUrlOptions = {
  /** An unpackaged extension to load: a folder with a package.json. */
  readonly extension?: string;
  /** The module whose `run()` is the suite. */
  readonly suite?: string;
  /** For the extension host, in addition to the server's own. */
  readonly environment?: Readonly<Record<string, string>>;
};

/** The address of a folder, or of an empty window. VS Code heeds the options only with its test driver on. */
export function folderUrl(host: Host, folder: string | undefined, options: FolderUrlOptions = {}): string {
  const payload: [string, string][] = [];
  if (options.extension) payload.push(['extensionDevelopmentPath', remote(options.extension)]);
  if (options.suite) payload.push(['extensionTestsPath', remote(options.suite)]);
  if (options.environment) payload.push(['extensionEnvironment', JSON.stringify(options.environment)]);
  const query = [
    folder === undefined ? 'ew=true' : `folder=${encodeURIComponent(folder)}`,
    ...(payload.length ? [`payload=${encodeURIComponent(JSON.stringify(payload))}`] : []),
  ];
  return `${host.origin}/?${query.join('&')}`;
}

function remote(file: string): string {
  return `vscode-remote://remote${file.split(path.sep).map(encodeURIComponent).join('/')}`;
}

/** Opens the workbench as a person sees it and waits until it stands. */
export async function openWorkbench(
  browser: Browser,
  host: Host,
  folder: string | undefined,
  options: FolderUrlOptions & { readonly width?: number; readonly height?: number } = {},
): Promise<Page> {
  const { width = 1280, height = 800 } = options;
  // The theme follows the system; the default one is dark.
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: 'dark' });
  const page = await context.newPage();
  await page.goto(folderUrl(host, folder, options));
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  return page;
}

/** What a suite's `run()` writes to the file named by WHEELHOUSE_SUITE_REPORT. */
export type SuiteReport = {
  readonly passes: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
  readonly pending: readonly string[];
};

export type SuiteOptions = FolderUrlOptions & {
  readonly folder: string | undefined;
  readonly suite: string;
  readonly timeout?: number;
  readonly log?: (line: string) => void;
};

/**
 * Runs a suite in the extension host. Its exit code alone proves nothing, for it is 0 when the host dies;
 * so a suite without a report, or one that passed nothing, has failed.
 */
export async function runSuite(browser: Browser, host: Host, options: SuiteOptions): Promise<SuiteReport> {
  const reportFile = path.join(temporaryFolder('report'), 'report.json');
  const context = await browser.newContext();
  const lines: string[] = [];
  try {
    const page = await context.newPage();
    let open = true;
    const ended = new Promise<number>((resolve) => {
      void page.exposeFunction('codeAutomationExit', (code: number) => {
        // What the workbench says while it is torn down is not about the suite.
        open = false;
        resolve(code);
      });
    });
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      const line = format(...args);
      if (!open || chatter.test(line)) return;
      lines.push(line);
      options.log?.(line);
    });
    const environment = { ...options.environment, WHEELHOUSE_SUITE_REPORT: reportFile };
    await page.goto(folderUrl(host, options.folder, { ...options, environment }));
    const code = await Promise.race([ended, after(options.timeout ?? 300_000)]);
    return checkReport(reportFile, code, lines);
  } finally {
    await context.close();
  }
}

/** The workbench's own lines, which come with every start. */
const chatter =
  /^(Ignoring fetching|Creating a socket|Resolv(ing|ed) connection|\[(reconnection|Service Worker|AgentHost|AccountPolicy|RemoteAgentHost))/;

function checkReport(file: string, code: number | undefined, lines: readonly string[]): SuiteReport {
  const tail = lines.slice(-20).join('\n');
  const broken = (why: string): SuiteReport => ({
    passes: 0,
    failures: [{ title: 'the suite as a whole', message: `${why} Its last lines were:\n${tail}` }],
    pending: [],
  });
  if (code === undefined) return broken('The suite did not end in time.');
  let report: SuiteReport;
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as SuiteReport;
  } catch {
    return broken(`The suite ended with code ${code} and wrote no report.`);
  }
  if (report.passes === 0 && report.failures.length === 0) return broken('The suite passed no test.');
  if (code !== 0 && report.failures.length === 0) {
    return { ...report, failures: broken(`The suite ended with code ${code}.`).failures };
  }
  return report;
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, undefined).unref());
}

function makeFolder(parent: string, name: string): string {
  const folder = path.join(parent, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
