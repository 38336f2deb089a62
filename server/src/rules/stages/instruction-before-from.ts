import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  before: '`{keyword}` stands before the first FROM, where only ARG is allowed. Move it below.',
  none: '`{keyword}` has no image to work on, as the file has no FROM. Write FROM above.',
} as const;

export default defineRule({
  code: 'DL3061',
  name: 'instruction-before-from',
  aliases: ['dockerfile-utils/NO_SOURCE_IMAGE', 'tally/require-stages'],
  since: '0.2.0',
  severity: 'error',
  family: 'stages',
  summary: 'An instruction stands before the first FROM',
  why: 'FROM begins a stage, and each other instruction changes one: before the first FROM there is none, and Docker ends with `no build stage in current context`. ARG alone may stand there, for the FROMs to use.',
  messages,
  options: {},
  examples: {
    good: [
      { code: 'ARG VERSION=12\nFROM debian:${VERSION}\nRUN true' },
      { code: '# syntax=docker/dockerfile:1\n\n# a comment\nFROM debian:12' },
      { code: 'ARG VERSION', note: 'a file that is only begun' },
    ],
    bad: [
      { code: '⟦LABEL⟧ team=ml\nARG VERSION=12\nFROM debian:${VERSION}' },
      { code: '⟦RUN⟧ true\n⟦CMD⟧ ["bash"]', note: 'no FROM at all' },
      { code: '⟦ONBUILD⟧ RUN true\nFROM debian:12' },
    ],
  },
  create() {
    const check = (instruction: Instruction, { facts, report }: RuleContext<typeof messages>) => {
      if (facts.stageOf(instruction)) return;
      const word = instruction.node.keywordWord;
      const id = facts.stages.length > 0 ? 'before' : 'none';
      report(instruction.at(word), id, { keyword: word.raw });
    };
    return {
      ADD: check,
      CMD: check,
      COPY: check,
      ENTRYPOINT: check,
      ENV: check,
      EXPOSE: check,
      HEALTHCHECK: check,
      LABEL: check,
      MAINTAINER: check,
      ONBUILD: check,
      RUN: check,
      SHELL: check,
      STOPSIGNAL: check,
      USER: check,
      VOLUME: check,
      WORKDIR: check,
    };
  },
});
