import type { Options, OptionTable } from './option-table.ts';

/** How the facts of a file are derived. Each one is a difference from hadolint that concerns many rules at once. */
export const factOptions = {
  argDefaults: {
    default: true,
    description: 'Put the defaults of ARGs into the image of a FROM.',
    hadolint: {
      value: false,
      reason:
        'The default of an ARG says which image a plain build uses, so `FROM python:${VERSION}` is judged by it; hadolint leaves every variable as it stands.',
      issue: 'hadolint#339',
      example: 'ARG BASE=debian\nFROM ${BASE}\n',
    },
  },
  seeThrough: {
    default: true,
    description: 'See commands through `sudo`, `env`, `bash -c`, `xargs` and the folder of a program.',
    hadolint: {
      value: false,
      reason:
        '`sudo apt-get install x`, `/usr/bin/pip install x` and `bash -c "pip install x"` do to the image what the bare command does; hadolint sees `sudo`, a path and a string.',
      issue: 'hadolint#319',
      example: 'FROM debian:12\nRUN sudo apt-get install curl\n',
    },
  },
  inheritedShell: {
    default: true,
    description: 'A stage takes the SHELL of the stage that it builds on.',
    hadolint: {
      value: false,
      reason:
        'Docker keeps the SHELL in the image, so it holds in the stages built on it; hadolint forgets it at FROM.',
      issue: 'hadolint#986',
      example:
        'FROM debian:12 AS base\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM base\nRUN curl http://x | tar x\n',
    },
  },
  brokenScripts: {
    default: true,
    description: 'Read the sound commands of a shell text that has a syntax error.',
    hadolint: {
      value: false,
      reason:
        'While one types, a text is broken most of the time; hadolint sees no command in a text that does not parse.',
      example: 'FROM debian:12\nRUN apt-get install curl && (\n',
    },
  },
} as const satisfies OptionTable;

export type FactOptions = Options<typeof factOptions>;
