import { harmlessWords, secretWords } from '../../server/src/data/secret-names.ts';
import { readOptions } from '../../server/src/facts/option-table.ts';
import { factOptions } from '../../server/src/facts/options.ts';
import { buildStages, effective } from '../../server/src/facts/stages.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import type { Dockerfile, Instruction } from '../../server/src/syntax/tree.ts';

/** A difference from BuildKit that is meant, or that comes of checking without a registry. */
export interface BuildkitDifference {
  readonly id: string;
  readonly check: string;
  readonly reason: string;
  /** A Dockerfile that the two judge differently for this reason. */
  readonly example: string;
  /** Options by rule under which we judge as BuildKit does. */
  readonly options?: Iterable<readonly [code: string, values: Readonly<Record<string, boolean>>]>;
  /** The text as BuildKit sees it. */
  readonly onEqualTerms?: (text: string) => string;
  /** Whether it is the reason for a finding of only one of the two in an instruction. */
  readonly concerns?: (instruction: Instruction, file: Dockerfile, reporter: 'ours' | 'theirs') => boolean;
}

export const buildkitDifferences: readonly BuildkitDifference[] = [
  {
    id: 'InvalidDefaultArgInFrom: variable that is not declared',
    check: 'InvalidDefaultArgInFrom',
    reason:
      'UndefinedArgInFrom says it already; BuildKit reports both. The option `besideUndefined` of the rule turns that back.',
    example: 'FROM $BASE\n',
    options: [['InvalidDefaultArgInFrom', { besideUndefined: true }]],
  },
  {
    id: 'UndefinedVar: default accepted',
    check: 'UndefinedVar',
    reason:
      '`${PORT:-8080}` says what holds where PORT is not set; BuildKit reports it all the same. The option `acceptDefaults` of the rule turns that back.',
    example: 'FROM scratch\nENV PORT=${PORT:-8080}\n',
    options: [['UndefinedVar', { acceptDefaults: false }]],
  },
  {
    id: 'UndefinedVar: variables of the image',
    check: 'UndefinedVar',
    reason:
      'BuildKit reads the variables of an image in the registry. The rule asks nobody: it knows those of common images, and is silent on others. In this comparison BuildKit has an empty image in their place; with `FROM scratch` in the text the two agree.',
    example: 'FROM python:3.13\nENV VERSION=$PYTHON_VERSION\n',
    onEqualTerms: onScratch,
  },
  {
    id: 'ExposeProtoCasing: variable',
    check: 'ExposeProtoCasing',
    reason: 'Which protocol a build argument names is decided when it is given; BuildKit judges its default.',
    example: 'FROM scratch\nARG PROTOCOL=TCP\nEXPOSE 80/$PROTOCOL\n',
    concerns: isExposedVariable,
  },
  {
    id: 'ExposeInvalidFormat: variable',
    check: 'ExposeInvalidFormat',
    reason: 'The same for ports.',
    example: 'FROM scratch\nARG PORT=8080:80\nEXPOSE $PORT\n',
    concerns: isExposedVariable,
  },
  {
    id: 'InvalidBaseImagePlatform: stand-in',
    check: 'InvalidBaseImagePlatform',
    reason:
      'The rule judges by the name of an image. In this comparison BuildKit has an empty image in its place, of whatever platform is asked for.',
    example: 'FROM --platform=linux/amd64 arm64v8/python:3.13 AS linux\n',
    concerns: (_instruction, _file, reporter) => reporter === 'ours',
  },
  {
    id: 'JSONArgsRecommended: HEALTHCHECK',
    check: 'JSONArgsRecommended',
    reason: 'DL3025 looks at HEALTHCHECK as hadolint does; BuildKit at CMD and ENTRYPOINT alone.',
    example: 'FROM scratch\nHEALTHCHECK CMD curl -f http://localhost/\n',
    concerns: ({ node }, _file, reporter) => reporter === 'ours' && node.keyword === 'HEALTHCHECK',
  },
  {
    id: 'JSONArgsRecommended: SHELL',
    check: 'JSONArgsRecommended',
    reason:
      'Behind a SHELL that names a shell, DL3025 reports the shell form as hadolint does, since that one passes signals on no better; BuildKit takes any SHELL for an answer.',
    example: 'FROM scratch\nSHELL ["/bin/bash", "-c"]\nCMD python app.py\n',
    concerns: (instruction, file, reporter) => reporter === 'ours' && hasShell(instruction, file),
  },
  {
    id: 'SecretsUsedInArgOrEnv: ARG before FROM',
    check: 'SecretsUsedInArgOrEnv',
    reason:
      'DL3064 looks at an ARG with a value above the first FROM as well; BuildKit at those in a stage, though the others are as easily seen in the file.',
    example: 'ARG GITHUB_TOKEN=s3cr3t-Value\nFROM scratch\n',
    concerns: ({ index }, { instructions }, reporter) =>
      reporter === 'ours' && index < instructions.findIndex(({ node }) => node.keyword === 'FROM'),
  },
  {
    id: 'SecretsUsedInArgOrEnv: values',
    check: 'SecretsUsedInArgOrEnv',
    reason:
      'BuildKit goes by words of the name alone; DL3064 leaves out what the value or the end of the name shows to be no secret, such as paths, numbers and fingerprints, and knows names that end in one, such as DB_PASS. The option `byValue` of the rule turns that back.',
    example: 'FROM scratch\nENV HF_TOKEN_PATH=/run/hf/token\n',
    options: [['DL3064', { byValue: false }]],
  },
  {
    id: 'SecretsUsedInArgOrEnv: names without such a word',
    check: 'SecretsUsedInArgOrEnv',
    reason: 'DL3064 also knows secrets whose names have no word of BuildKit’s in them, such as PGPASSWORD.',
    example: 'FROM scratch\nENV PGPASSWORD=s3cr3t-Value\n',
    concerns: ({ node }, _file, reporter) =>
      reporter === 'ours' &&
      'pairs' in node &&
      node.pairs.every(({ key }) => !secretWords.test(key.value) || harmlessWords.test(key.value)),
  },
  {
    id: 'WorkdirRelativePath: variable without a value',
    check: 'WorkdirRelativePath',
    reason:
      'DL3000 takes a path that begins with a variable for absolute as hadolint does; BuildKit puts the value in, and where there is none an empty text. That is what UndefinedVar is about.',
    example: 'FROM scratch\nWORKDIR $APP_HOME\n',
    concerns: ({ node }, _file, reporter) => reporter === 'theirs' && /^WORKDIR\s+"?\$/i.test(node.text),
  },
  {
    id: 'WorkdirRelativePath: Windows',
    check: 'WorkdirRelativePath',
    reason:
      '`C:\\app` is absolute on a Windows image. In this comparison BuildKit has an empty Linux image in its place.',
    example: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nWORKDIR C:\\\\app\n',
    concerns: ({ node }, _file, reporter) => reporter === 'theirs' && /^WORKDIR\s+"?[a-z]:/i.test(node.text),
  },
];

function isExposedVariable({ node }: Instruction, _file: Dockerfile, reporter: 'ours' | 'theirs'): boolean {
  return reporter === 'theirs' && node.text.includes('$');
}

/** A Dockerfile with `scratch` in place of the images that it builds on. */
function onScratch(text: string): string {
  const stages = buildStages(parseDockerfile(text), readOptions(factOptions, {}));
  return stages.reduceRight((changed, { from, parent }) => {
    const word = from.node.imageWord;
    if (!word || parent) return changed;
    const { start, end } = from.at(word);
    return `${changed.slice(0, start)}scratch${changed.slice(end)}`;
  }, text);
}

function hasShell(instruction: Instruction, file: Dockerfile): boolean {
  const stages = buildStages(file, readOptions(factOptions, {}));
  const stage = stages.findLast(({ from }) => from.index < instruction.index);
  return stage !== undefined && effective(stage, 'SHELL', instruction) !== undefined;
}
