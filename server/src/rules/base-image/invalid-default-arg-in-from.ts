import { readBuildArgs } from '../../facts/build-args.ts';
import { isMalformedFrom } from '../../facts/malformed-from.ts';
import { expandWord } from '../../facts/word-expansion.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { isImageName } from '../../syntax/image-reference.ts';

export default defineRule({
  code: 'InvalidDefaultArgInFrom',
  name: 'invalid-default-arg-in-from',
  aliases: ['buildkit/InvalidDefaultArgInFrom'],
  since: '0.2.0',
  severity: 'warning',
  family: 'base-image',
  summary: 'Without build arguments a FROM names no image',
  why: '`docker build .` is what a colleague, a scanner and an editor try first. Where the ARG in a FROM has no default, `python:${TAG}` becomes `python:`, and the build ends with `invalid reference format` unless one knows which `--build-arg` to give.',
  messages: {
    invalid:
      'Without build arguments this gives `{image}`, which is no name of an image. Give {args} a default, as in `ARG {name}=<value>`.',
    undefined:
      'Nothing gives {args} a value here, so this is `{image}`, which is no name of an image. Write `ARG {name}=<value>` above the first FROM.',
    empty:
      'Without build arguments there is no image here, and the build ends. Give {args} a default, as in `ARG {name}=<image>`.',
  },
  options: {
    required: {
      default: true,
      recommended: false,
      description:
        'Also report an argument that is declared without any default: its author wants it to be given to each build.',
    },
    besideUndefined: {
      default: false,
      description: 'Also report a FROM with a variable that UndefinedArgInFrom reports, as BuildKit does.',
    },
  },
  examples: {
    good: [
      { code: 'ARG TAG=3.12\nFROM python:${TAG}' },
      { code: 'ARG VARIANT\nFROM python:3.12${VARIANT}', note: 'good when empty, too' },
      { code: 'ARG TAG\nFROM python:${TAG:-3.12}' },
      { code: 'FROM python:${TAG}', note: 'left to UndefinedArgInFrom' },
      { code: 'FROM python:\nFROM Debian:12', note: 'left to invalid-image-name' },
      { code: 'ARG BASE=python:3.12@latest\nFROM debian:12', note: 'not used' },
      { code: 'ARG BASE_IMAGE\nFROM $BASE_IMAGE', options: { required: false } },
      {
        code: 'ARG TAG\nARG BASE=team/base:$TAG\nFROM $BASE',
        options: { required: false },
        note: 'with `required: false` what uses such an argument is fine, too',
      },
    ],
    bad: [
      { code: 'ARG TAG\nFROM ⟦python:${TAG}⟧', fixed: 'ARG TAG=latest\nFROM python:${TAG}' },
      { code: 'ARG BASE\nFROM ⟦$BASE⟧ AS build' },
      { code: 'ARG REGISTRY=\nFROM ⟦${REGISTRY}/team/base:1⟧' },
      { code: 'ARG TAG=""\nFROM ⟦python:${TAG}⟧ AS a\nFROM ⟦python:${TAG}⟧', options: { required: false } },
      { code: 'FROM ⟦python:$TAG⟧', options: { besideUndefined: true } },
    ],
  },
  create() {
    let stopped = false;
    return {
      FROM(from, { facts, options, report }) {
        const word = from.node.imageWord;
        const { values, declared, required } = readBuildArgs(facts);
        if (!word || !values || stopped) return;
        const expanded = expandWord(word.raw, values, facts.file.escape);
        // As BuildKit, which gives up at the first word that it cannot read.
        if (!expanded) stopped = true;
        if (!expanded || isImageName(expanded.text) || isMalformedFrom(from.node)) return;
        const { text: image, unmatched } = expanded;
        if (!options.besideUndefined && [...unmatched].some((name) => !declared.has(name))) return;
        const span = from.at(word);
        const all = [...expanded.matched, ...unmatched].filter((name) => declared.has(name));
        const empty = all.filter((name) => !values.get(name));
        const args = (empty.length > 0 ? empty : all).map((name) => `\`${name}\``).join(' and ');
        if (args === '') {
          const [name] = unmatched;
          if (options.besideUndefined && name !== undefined) {
            const names = [...unmatched].map((one) => `\`${one}\``).join(' and ');
            report(span, 'undefined', { image, args: names, name });
          }
          return;
        }
        if (!options.required && all.some((name) => required.has(name))) return;
        const id = image === '' ? 'empty' : 'invalid';
        report(
          span,
          id,
          { image, args, name: empty[0] ?? all[0] ?? '' },
          (): Fix | undefined => {
            const name = /:\$\{?(\w+)\}?$/.exec(word.raw)?.[1] ?? '';
            // With another name empty the reference stays none.
            if (empty.some((other) => other !== name)) return undefined;
            const entry = declared.get(name);
            const key = entry?.arg.node.pairs.find((pair) => pair.key.value === name)?.key;
            if (!entry || entry.hasValue || !key) return undefined;
            const at = entry.arg.at(key).end;
            return {
              title: `Give ${name} the default latest`,
              safety: 'unsafe',
              edits: [{ span: { start: at, end: at }, text: '=latest' }],
            };
          },
          { repair: { name: args, in: 'file' } },
        );
      },
    };
  },
});
