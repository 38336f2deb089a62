import type { ShellCommand } from '../syntax/shell.ts';
import { readDownload } from './downloads.ts';
import { pipArgs, readPipTargets } from './pip.ts';

/** Commands that put something into the image, by what they are asked for. */
const makers: Readonly<Record<string, RegExp>> = {
  pip: /^(?:install|wheel|download)$/,
  uv: /^(?:install|sync|add)$/,
  conda: /^(?:install|create|update)$/,
  'apt-get': /^(?:install|build-dep)$/,
  apk: /^add$/,
  dnf: /^(?:install|groupinstall|builddep)$/,
  npm: /^(?:install|i|ci)$/,
  yarn: /^(?:install|add)$/,
  poetry: /^(?:install|add)$/,
  pipenv: /^(?:install|sync)$/,
  git: /^clone$/,
  go: /^(?:get|install|build)$/,
  cargo: /^(?:install|build)$/,
  gem: /^install$/,
  hf: /^download$/,
};
const sameAs: Readonly<Record<string, string>> = {
  apt: 'apt-get',
  aptitude: 'apt-get',
  mamba: 'conda',
  micromamba: 'conda',
  yum: 'dnf',
  microdnf: 'dnf',
  pnpm: 'yarn',
  'huggingface-cli': 'hf',
};
const noBuild = /^(?:test|tests|check|clean|distclean|mrproper|uninstall|lint|docs?|html)$/;
/** pip's own tools, without an upgrade of which the image is none the worse. */
const pipTools = /^(?:pip|setuptools|wheel)$/;
const toolOf = ({ name }: ShellCommand) =>
  Object.hasOwn(sameAs, name) ? (sameAs[name] as string) : name.replace(/^pip[\d.]+$/, 'pip');

/** The word by which a package manager is asked to install. */
export function verbOf(command: ShellCommand) {
  const isModule = /^python[\d.]*$/.test(command.name) && command.args[0]?.value === '-m';
  const tool = isModule ? (command.args[1]?.value ?? '') : toolOf(command);
  const verbs = Object.hasOwn(makers, tool) ? makers[tool] : undefined;
  return command.args.find(({ value }) => verbs?.test(value));
}

/** Whether it is `apt-get update`. */
export const isUpdate = (command: ShellCommand) =>
  toolOf(command) === 'apt-get' && command.args.some(({ value }) => value === 'update');

/** Whether a command puts something into the image that is missed where it fails. */
export function makes(command: ShellCommand): boolean {
  const { name, args } = command;
  const words = args.map(({ value }) => value);
  if (words.some((word) => /^(?:--help|--version|--dry-run|--spider)$/.test(word))) return false;
  if (verbOf(command)) {
    const { packages, requirementFiles } = readPipTargets(pipArgs(command) ?? []);
    const areTools = packages.length > 0 && packages.every(({ value }) => pipTools.test(value));
    return !areTools || requirementFiles.length > 0;
  }
  if (/^(?:make|ninja)$/.test(name)) return !words.some((word) => noBuild.test(word));
  if (name === 'cmake') return words.includes('--build') || words.includes('--install');
  const download = readDownload(command);
  if (download)
    return (
      download.keepsName ||
      (download.output !== undefined && !/^(?:-|\/dev\/null)$/.test(download.output.value))
    );
  if (/^python[\d.]*$/.test(name))
    return (
      /^(?!.*(?:test|check|verify|version))[\w./-]+\.py$/.test(words[0] ?? '') ||
      /^-m (?:spacy|nltk\S*) /.test(words.join(' '))
    );
  return false;
}

/** What a command is called in a message: `pip install`. */
export function wordsOf(command: ShellCommand): string {
  const verb =
    verbOf(command) ?? (isUpdate(command) ? command.args.find(({ value }) => value === 'update') : undefined);
  const script = /\.py$/.test(command.args[0]?.value ?? '') ? command.args[0] : undefined;
  const module = command.args[0]?.value === '-m' ? `-m ${command.args[1]?.value}` : '';
  return [command.name, module, (verb ?? script)?.value].filter(Boolean).join(' ');
}
