import { gitVersions } from '../../data/git-versions.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import { runningPrograms } from './project-programs.ts';

/** What git says of the repository that it runs in, as against `git clone` and `git config`. */
const asksRepository =
  /\bgit\b["', ]{1,4}(?:-C["', ]{1,4}[^\s"',]{1,80}["', ]{1,4})?(?:rev-parse|describe|log|show|status|diff|submodule|lfs|tag|branch|checkout|rev-list|ls-files|archive|fetch|pull|remote|symbolic-ref|stash|reset)\b/;
/** DVC works in a repository alone (DVC documentation, "init"). */
const asksDvc = /\bdvc\b["', ]{1,4}(?:pull|fetch|checkout|repro|exp|status|get|update)\b/;
const readsFolder = /(?<![\w/-])\.git\b(?!ignore|hub|keep|attributes|modules|lab)/;
/** A folder that a program leaves out, beside others that nobody looks into, or that `find`, `tar` or `rsync` is told to. */
const leftOut =
  /--exclude(?:-dir)?[= ]["']?[^\s"']{0,80}|-(?:path|name)[ =]["']?[^\s"']{0,80}|["']\.git["'],\s{0,40}["'](?:__pycache__|node_modules|\.?venv|\.svn|\.hg|\.tox|\.idea|\.vscode|\.\w+_cache|dist|build)["']|["'](?:__pycache__|node_modules|\.?venv|\.svn|\.hg|\.tox|\.idea|\.vscode|\.\w+_cache|dist|build)["'],\s{0,40}["']\.git["']/g;
/** Settings of a project, in which linters and formatters are told to leave it out; what reads it is a tool that they name. */
const settings = /\.(?:toml|cfg)$/;
const manifest = /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg))$|dockerfile/i;

/**
 * Whether something that is built or run in the image asks the repository of the project: a build backend for the version,
 * a command, or a program of the project.
 */
export function needsRepository(facts: FileFacts, sources: SourceTexts | undefined): boolean {
  const projects = [...(facts.context?.projects?.values() ?? []), facts.context?.project];
  if (projects.some((project) => project?.buildRequires.some((name) => gitVersions.test(name)))) return true;
  const { instructions } = facts.file;
  const asks = (text: string, isOfSettings = false) =>
    asksRepository.test(text) ||
    asksDvc.test(text) ||
    (!isOfSettings && readsFolder.test(text.replace(leftOut, '')));
  if (instructions.some(({ node }) => /^(?:RUN|CMD|ENTRYPOINT)$/.test(node.keyword) && asks(node.text)))
    return true;
  const texts = [...(sources ?? [])];
  const makes = instructions.some(({ node }) => node.keyword === 'RUN' && /\bmake\b/.test(node.text));
  const isTold = ([path, text]: readonly [string, string]) =>
    (manifest.test(path) && (asks(text, settings.test(path)) || namesTool(text))) ||
    (makes && /(?:^|\/)makefile$/i.test(path) && asks(text));
  return (
    texts.some(isTold) ||
    [...runningPrograms(facts, sources).values()].some((text) => asks(text) || usesTool(text))
  );
}

/** Whether a manifest names one of the tools, as `setup_requires=["pbr"]` and `[tool.setuptools_scm]` do. */
const namesTool = (text: string) =>
  (text.match(/(?<![\w-])[a-z][\w-]{2,40}/gi) ?? []).some((word) => gitVersions.test(asName(word))) ||
  /\bsource *= *["']scm["']/.test(text);

const usesTool = (text: string) =>
  /^[ \t]*(?:from|import)[ \t]+(?:git|pygit2|dulwich|setuptools_scm)\b/m.test(text);

const asName = (word: string) => word.toLowerCase().replaceAll('_', '-');
