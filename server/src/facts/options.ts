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
  foldStageNames: {
    default: true,
    description: 'Compare names of stages without regard to case.',
    hadolint: {
      value: false,
      reason:
        'Docker writes the names of stages in lower case before it compares them, so `Build` and `build` are one stage; hadolint takes them for two.',
      example: 'FROM debian:12 AS Build\nFROM build\n',
    },
  },
  wholeStageNames: {
    default: true,
    description: 'A FROM builds on a stage only where its whole text is the name of that stage.',
    hadolint: {
      value: false,
      reason:
        '`docker.io/python` and `python:3.12` are images even below a stage called `python`; hadolint passes over registry and tag when it looks for a stage.',
      example: 'FROM debian:12 AS python\nFROM docker.io/python\n',
    },
  },
  undottedHosts: {
    default: true,
    description: 'Take `localhost:5000` and other hosts without a dot for a registry.',
    hadolint: {
      value: false,
      reason:
        'In `localhost:5000/team/base` the first part names a registry, as its port tells; hadolint asks for a dot in it and otherwise reads an image `localhost` with the tag `5000/team/base`.',
      example: 'FROM localhost:5000/team/base\n',
    },
  },
  seeThrough: {
    default: true,
    description: 'See commands through `sudo`, `env`, `bash -c`, `xargs` and the folder of a program.',
    hadolint: {
      value: false,
      reason:
        '`sudo apt-get install x`, `/usr/bin/pip install x` and `bash -c "pip install x"` do to the image what the bare command does; hadolint sees `sudo`, a path and a string.',
      example: 'FROM debian:12\nRUN sudo apt-get install curl\n',
    },
  },
  formsOfRun: {
    default: true,
    description:
      'Read a heredoc with the program that it names, all commands beside it, and the exec form without a shell.',
    hadolint: {
      value: false,
      reason:
        'Docker gives `RUN bash <<EOF` to bash, and the text behind a heredoc to the shell as well, and starts an exec form without any shell; hadolint reads the text before a heredoc alone, a body that stands alone as bash whatever program it names, and an exec form as shell text.',
      issue: 'hadolint#1174',
      example: 'FROM debian:12\nRUN bash <<EOF\nsudo apt-get update\nEOF\n',
    },
  },
  shellcheckContext: {
    default: true,
    description: 'Tell ShellCheck by which shell a RUN is read, and which variables an ONBUILD knows.',
    hadolint: {
      value: false,
      reason:
        'bash is no `sh`, and what is wrong in the one is right in the other. hadolint forgets SHELL at the next ARG or ENV, does not see the bash of `RUN <<EOF bash`, takes the commands of a Windows image for shell, and knows no variable behind ONBUILD and of an ARG the first alone.',
      issue: 'hadolint#1174',
      example: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nENV A=1\nRUN cp x.{a,b} /y/\n',
    },
  },
  inheritedShell: {
    default: true,
    description: 'A stage takes the SHELL of the stage that it builds on.',
    hadolint: {
      value: false,
      reason:
        'Docker keeps the SHELL in the image, so it holds in the stages built on it; hadolint forgets it at FROM.',
      issue: 'hadolint#406',
      example:
        'FROM debian:12 AS base\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM base\nRUN curl http://x | tar x\n',
    },
  },
  lenientIgnoreComments: {
    default: true,
    description:
      'Read ignore comments of every tool, with ids in any case and of any tool, and above further comments.',
    hadolint: {
      value: false,
      reason:
        'An ignore comment says what its writer wants, in lower case and above another comment too, and so does one of BuildKit, tally or dockerfile-utils; hadolint passes over a whole comment in which it does not know a character, over one that is not on the line above, and over those of others.',
      example: 'FROM debian:12\n# hadolint ignore=dl3004\nRUN sudo ls\n',
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
