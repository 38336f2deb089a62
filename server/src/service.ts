import { withCheckDirective } from './config/check-directive.ts';
import {
  type Configuration,
  defaultConfiguration,
  defaultPreset,
  mergeConfigurations,
  severityOf,
} from './config/configuration.ts';
import { type ConfigurationFile, createConfigurationFinder } from './config/find-configuration.ts';
import { configurationOf, type Settings } from './config/settings.ts';
import { shellcheckLevels } from './data/shellcheck-levels.ts';
import type { BuildContext } from './facts/build-context.ts';
import { createFacts, type FileFacts } from './facts/file-facts.ts';
import { readOptions } from './facts/option-table.ts';
import { type FactOptions, factOptions } from './facts/options.ts';
import { createScriptReader } from './facts/scripts.ts';
import { explainBaseImage } from './features/base-image-hover.ts';
import type { Completion } from './features/completion.ts';
import { completeSource, explainSource } from './features/context-paths.ts';
import { completeCudaTag } from './features/cuda-tag-completion.ts';
import { explainFindings } from './features/finding-hover.ts';
import { completeHubTag } from './features/hub-tag-completion.ts';
import { ignoreHere, ignoreInFile } from './features/ignore.ts';
import { completeMount } from './features/mount-completion.ts';
import { refactorings as allRefactorings } from './features/refactorings/all.ts';
import { proposeFor } from './features/refactorings/classic-builds.ts';
import { type Optimized, optimize } from './features/refactorings/optimize.ts';
import type { Proposal, Refactoring } from './features/refactorings/refactoring.ts';
import { environmentsIn, withoutEnvironments } from './features/scaffold/files/environments.ts';
import type { KnownProject } from './features/scaffold/known-project.ts';
import { loadedFiles } from './features/scaffold/packages/pickled.ts';
import { scaffold, scaffoldKinds } from './features/scaffold.ts';
import { shellcheckCheck, shellcheckFindings, shellcheckScripts } from './features/shellcheck.ts';
import { createShellcheckRuns } from './features/shellcheck-runs.ts';
import { explainTorch } from './features/torch-hover.ts';
import { type UnpinnedImage, unpinnedImages } from './features/unpinned-images.ts';
import { completeUvFlag } from './features/uv-flag-completion.ts';
import { byPlace, type Finding } from './lint/finding.ts';
import { fixAll } from './lint/fix.ts';
import { overPreset } from './lint/presets.ts';
import type { Rule } from './lint/rule.ts';
import { judgeUnused, type Plan, planRules, runRules } from './lint/run.ts';
import { createSuppression } from './lint/suppress.ts';
import { isShellcheckId } from './lint/unused-ignores.ts';
import type { Ports } from './ports/ports.ts';
import { createContextReader } from './project/build-context.ts';
import { readTracked } from './project/git-index.ts';
import { readPickles } from './project/pickles.ts';
import { ownTexts, readSourceTexts, type SourceTexts, tellsReaders } from './project/source-texts.ts';
import type { Scaffold, ScaffoldOffer, ScaffoldParams } from './protocol/requests.ts';
import { rules as allRules } from './rules/index.ts';
import { createInstructionCache } from './syntax/instruction-cache.ts';
import { parseDockerfile } from './syntax/parse.ts';
import type { ShellParser } from './syntax/shell.ts';
import type { Edit } from './text/edit.ts';
import { trimEnd } from './text/trim.ts';
import { nameOf } from './text/uri.ts';

/** Everything that Wheelhouse knows about a Dockerfile, without an editor around it. */
export interface Service {
  /** How findings are judged in a file: its `.hadolint.yaml`, overlaid with the settings. */
  configurationFor(uri: string, settings: Settings): Promise<Configuration>;
  /** Where that `.hadolint.yaml` is. */
  configurationFile(uri: string): Promise<ConfigurationFile>;
  /** What is known of the folder that a file is built from; undefined where it has none. */
  contextOf(uri: string): Promise<BuildContext | undefined>;
  /** Call when a `.hadolint.yaml` or `.dockerignore` changed, came or went. */
  forgetFiles(): void;
  /** The first pass: findings of the rules, sorted by position. Those of the latest text are kept. */
  lint(text: string, configuration: Configuration, context?: BuildContext): readonly Finding[];
  /**
   * The second pass: what ShellCheck says of the shell text, sorted by position. None where there is no ShellCheck.
   * Texts may be asked for at the same time, which is faster.
   */
  shellcheck(text: string, configuration: Configuration, signal?: AbortSignal): Promise<Finding[]>;
  /** Offset at which each instruction begins. */
  instructionStarts(text: string, configuration: Configuration): number[];
  /** Whether a text begins by naming an image to build on, save for arguments; else it is no Dockerfile. */
  hasFrom(text: string, configuration: Configuration): boolean;
  /** The text with every safe fix applied. */
  fixAll(text: string, configuration: Configuration, context?: BuildContext): string;
  /** What the findings of the first pass at an offset are about. */
  explainFindings(
    text: string,
    offset: number,
    configuration: Configuration,
    context?: BuildContext,
  ): ReturnType<typeof explainFindings>;
  /** What a COPY or ADD takes along at an offset. */
  explainSource(...at: Place): ReturnType<typeof explainSource>;
  /** What is known of the base image at an offset. */
  explainBaseImage(...at: Place): ReturnType<typeof explainBaseImage>;
  /** What is known of the torch that is installed at an offset. */
  explainTorch(...at: Place): ReturnType<typeof explainTorch>;
  /** The paths that can be copied at an offset. */
  completeSource(...at: Place): ReturnType<typeof completeSource>;
  /** The tags of nvidia/cuda, where one is typed. */
  completeCudaTag(text: string, offset: number): Completion | undefined;
  /** The tags of an image of Docker Hub, where one is typed; undefined elsewhere, and where nobody may be asked. */
  completeHubTag(at: Place, signal?: AbortSignal): Promise<Completion | undefined>;
  /** The flags of uv that can stand at an offset. */
  completeUvFlag(...at: Place): Completion | undefined;
  /** The mounts that can stand at an offset. */
  completeMount(...at: Place): Completion | undefined;
  /** The images from outside that a text names by a tag alone. */
  unpinnedImages(text: string): UnpinnedImage[];
  /** What could be changed about how the image is built, each with its edits. */
  refactorings(
    text: string,
    configuration: Configuration,
    context?: BuildContext,
    sources?: SourceTexts,
  ): (Refactoring & { readonly proposal: Proposal })[];
  /**
   * The text after some refactorings, one after the other.
   * @param ids all where left out
   */
  optimize(
    text: string,
    configuration: Configuration,
    context: BuildContext | undefined,
    choice?: { readonly sources?: SourceTexts | undefined; readonly ids?: readonly string[] | undefined },
  ): Optimized;
  /** What the project around a Dockerfile says of how its container is run. */
  sourcesOf(uri: string): Promise<SourceTexts | undefined>;
  /** For which kinds of image the project in a folder is fit, the best first; none where there is no project. */
  scaffoldKinds(folder: string): Promise<ScaffoldOffer[]>;
  /** The files for an image of the project in a folder; undefined where it cannot be made. */
  scaffold(params: ScaffoldParams): Promise<Scaffold | undefined>;
  ignoreHere(text: string, finding: Finding): Edit | undefined;
  ignoreInFile(text: string, finding: Finding): Edit;
}

/** A place in a text; with the configuration under which the text is linted, what is known of it then is used again. */
export type Place = [text: string, offset: number, context?: BuildContext, configuration?: Configuration];

export interface ServiceParts {
  readonly ports: Ports;
  readonly parseShell: ShellParser;
  readonly rules?: readonly Rule[];
}

export function createService({ ports, parseShell, rules = allRules }: ServiceParts): Service {
  const cache = createInstructionCache();
  const readScript = createScriptReader(parseShell);
  const finder = createConfigurationFinder(ports);
  const contexts = createContextReader(ports, (text) => parseDockerfile(text, cache));
  const plans = new WeakMap<Configuration, Plan>();
  const unified = new Map<string, Configuration>();
  const broken = new Set<Rule>();
  let latest: FileFacts | undefined;
  let latestOptions: Configuration['facts'] | undefined;

  const knownFactOptions = new WeakMap<Configuration['facts'], FactOptions>();
  const factOptionsOf = (facts: Configuration['facts']): FactOptions => {
    let options = knownFactOptions.get(facts);
    if (!options) {
      options = readOptions(factOptions, facts);
      knownFactOptions.set(facts, options);
    }
    return options;
  };
  /** Facts of a text; those of the latest text are kept, as a change asks for several things in a row. */
  const factsOf = (
    text: string,
    { facts }: Configuration = defaultConfiguration,
    context: BuildContext | 'any' | undefined = 'any',
  ): FileFacts => {
    const isKnown = latest?.file.text === text && latestOptions === facts;
    if (!latest || !isKnown || (context !== 'any' && latest.context !== context)) {
      const own = context === 'any' ? undefined : context;
      latest = createFacts(parseDockerfile(text, cache), readScript, factOptionsOf(facts), own);
      latestOptions = facts;
    }
    return latest;
  };
  /** The same object for all files that are judged alike, which then share one plan. */
  const unify = (configuration: Configuration): Configuration => {
    const { levels, options, ...rest } = configuration;
    const key = JSON.stringify([...levels, ...options, rest]);
    const known = unified.get(key) ?? configuration;
    unified.set(key, known);
    return known;
  };
  const planOf = (configuration: Configuration): Plan => {
    let plan = plans.get(configuration);
    if (!plan) {
      plan = planRules(rules, configuration);
      plans.set(configuration, plan);
    }
    return plan;
  };
  const onError = (rule: Rule, error: unknown) => {
    if (broken.has(rule)) return;
    broken.add(rule);
    ports.log('error', `Rule ${rule.code} failed: ${error instanceof Error ? error.stack : String(error)}`);
  };
  const knownProject = async (uri: string): Promise<KnownProject> => {
    const folder = trimEnd(uri, /\//);
    // Just before files are written nothing may be out of date, and not every editor says what changed.
    contexts.forget();
    const all = await contexts.contextIn(folder);
    const environments = environmentsIn(all.files);
    const files = all.files && withoutEnvironments(all.files, environments);
    const texts = await readSourceTexts(files, folder, ports.readFile, tellsReaders);
    const pickled = await readPickles(files, loadedFiles(texts), folder, ports);
    const isTracked = await readTracked(folder, ports.readFile);
    return {
      context: { ...all, files },
      folderName: nameOf(folder),
      texts,
      environments,
      isTracked,
      pickled,
    };
  };
  const runs = ports.runShellcheck && createShellcheckRuns(ports.runShellcheck);
  let latestFindings: { of: FileFacts; under: Configuration; findings: readonly Finding[] } | undefined;
  const lint: Service['lint'] = (text, configuration, context) => {
    const facts = factsOf(text, configuration, context);
    if (latestFindings?.of !== facts || latestFindings.under !== configuration) {
      const own = withCheckDirective(configuration, facts.file.directives, rules);
      const findings = runRules(planOf(own), facts, own, onError);
      latestFindings = { of: facts, under: configuration, findings };
    }
    return latestFindings.findings;
  };
  const byCode = new Map(rules.map((rule) => [rule.code, rule]));
  const factsAt = (...[text, , context, configuration]: Place) => factsOf(text, configuration, context);

  const subjectOf = (text: string, configuration: Configuration, context: BuildContext | undefined) => ({
    facts: factsOf(text, configuration, context),
    findings: lint(text, configuration, context),
  });

  return {
    async configurationFor(uri, settings) {
      const { configuration } = await finder.find(uri);
      const chosen = mergeConfigurations(configuration, configurationOf(settings));
      return unify(overPreset({ ...chosen, preset: chosen.preset ?? defaultPreset }, rules));
    },
    configurationFile: finder.find,
    contextOf: contexts.contextOf,
    forgetFiles() {
      finder.forget();
      contexts.forget();
      unified.clear();
      runs?.forget();
    },
    lint,
    async shellcheck(text, configuration, signal) {
      if (!runs) return [];
      const facts = factsOf(text, configuration);
      const suppression = createSuppression(facts, configuration);
      const said = await Promise.all(
        shellcheckScripts(facts).map(async (script) => {
          const comments = await runs.ask(script.text, signal);
          return comments && shellcheckFindings(script, comments);
        }),
      );
      const findings = said.flat().flatMap((finding) => {
        const recommended = finding && shellcheckLevels[finding.code];
        const severity = finding ? severityOf(configuration, { ...finding, recommended }) : 'off';
        return !finding || severity === 'off' || suppression.covers(finding)
          ? []
          : [{ ...finding, severity }];
      });
      // Where one script got no answer, what an ignore comment is there for is not known.
      const unused = said.includes(undefined)
        ? []
        : suppression.unused().filter(({ id }) => isShellcheckId(id));
      const useless = unused.filter(({ id }) => severityOf(configuration, shellcheckCheck(id.id)) !== 'off');
      findings.push(...judgeUnused(useless, { plan: planOf(configuration), facts, suppression, onError }));
      return findings.sort(byPlace);
    },
    instructionStarts: (text, configuration) =>
      factsOf(text, configuration).file.instructions.map(({ span }) => span.start),
    hasFrom(text, configuration) {
      const { instructions } = factsOf(text, configuration).file;
      const first = instructions.find(({ node }) => node.keyword !== 'ARG');
      // `from x import y` is no FROM, and Python; a query has another word in front.
      return (
        first?.node.keyword === 'FROM' &&
        first.node.imageWord !== undefined &&
        !/^(?!as$|#)./i.test(first.node.args[1]?.raw ?? '')
      );
    },
    fixAll: (text, configuration, context) =>
      fixAll(text, (current) => lint(current, configuration, context)),
    explainFindings: (text, offset, configuration, context) =>
      explainFindings(lint(text, configuration, context), (code) => byCode.get(code), offset),
    explainSource: (...at) => explainSource(factsAt(...at), at[1]),
    explainBaseImage: (...at) => explainBaseImage(factsAt(...at), at[1]),
    explainTorch: (...at) => explainTorch(factsAt(...at), at[1]),
    completeSource: (...at) => completeSource(factsAt(...at), at[1]),
    completeCudaTag,
    completeHubTag: async (at, signal) =>
      ports.listTags && completeHubTag(factsAt(...at), at[1], ports.listTags, signal),
    completeMount: (...at) => completeMount(factsAt(...at), at[1]),
    completeUvFlag: (...at) => completeUvFlag(factsAt(...at), at[1]),
    unpinnedImages: (text) => unpinnedImages(factsOf(text)),
    refactorings(text, configuration, context, sources) {
      const told = { sources: ownTexts(sources), around: sources };
      const subject = { ...subjectOf(text, configuration, context), ...told };
      return allRefactorings.flatMap((one) => {
        const proposal = proposeFor(one, subject);
        return proposal ? [{ ...one, proposal }] : [];
      });
    },
    optimize(text, configuration, context, { sources, ids } = {}) {
      const told = { sources: ownTexts(sources), around: sources };
      const look = (now: string, here: BuildContext | undefined) => ({
        ...subjectOf(now, configuration, here),
        ...told,
      });
      return optimize(text, context, look, ids);
    },
    sourcesOf: contexts.sourcesOf,
    scaffoldKinds: async (folder) => scaffoldKinds(await knownProject(folder)),
    scaffold: async ({ folder, ...choice }) => scaffold(await knownProject(folder), choice),
    ignoreHere: (text, finding) => ignoreHere(factsOf(text), finding),
    ignoreInFile: (text, finding) => ignoreInFile(factsOf(text), finding),
  };
}
