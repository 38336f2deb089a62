import { findFromFault } from '../../facts/from-faults.ts';
import { usedStage } from '../../facts/stage-graph.ts';
import { findStage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { mostSuggestions, nearest } from '../../text/nearest.ts';

export default defineRule({
  code: 'DL3022',
  name: 'copy-from-unknown-stage',
  aliases: ['dockerfile-utils/FLAG_INVALID_FROM_VALUE'],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'hint',
    because:
      '4 of the 4 repositories in which it finds something silence it: an image of a registry is meant.',
  },
  family: 'stages',
  summary: 'COPY --from names no stage above',
  why: 'Where no stage has the name, Docker takes it for an image: a misspelled `builder` sends it to Docker Hub for `builder:latest`, which is an error at best and the files of a stranger at worst. An image that is meant is written with its tag or digest. Where no image can have the name, the build ends and invalid-copy-from says so. Contexts that the build is given by name (`--build-context`, `additional_contexts` in Compose, `contexts` in bake) can be listed in `contexts`.',
  messages: {
    unknown:
      'No stage above is called `{name}`: unless the build is given it as a context (`--build-context {name}=…`), Docker pulls an image of this name. Correct the name where neither is meant; write the tag where an image is.',
    image:
      'No stage above is called `{name}`, so Docker pulls an image of this name, whichever is newest. Write its tag, as in `{name}:<tag>`.',
    typo: 'No stage above is called `{name}`. Did you mean `{other}`?',
    later: 'The stage `{name}` comes only below, and Docker builds from the top. Move it above this one.',
    number: 'There is no stage number {name} above, the first being 0. Write the name of a stage instead.',
    variable:
      'Docker puts no variables into `--from`. Write `FROM {name} AS <name>` above, and copy from that stage.',
  },
  options: {
    contexts: {
      default: [],
      description: 'Names of the contexts that are given to the build.',
    },
    endsBuild: {
      default: false,
      description:
        'Also report a variable, the number or name of a stage that is not above, and what is no name of an image.',
      hadolint: {
        value: true,
        reason:
          'There the build ends whatever it is given, so invalid-copy-from calls it an error; hadolint does not tell these apart from names that may be images.',
        example: 'FROM debian:12\nCOPY --from=1 /a /b\n',
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM debian:12 AS build\nFROM debian:12\nCOPY --from=build /a /b\nCOPY --from=0 /c /d' },
      { code: 'FROM python:3.12\nCOPY --from=ghcr.io/astral-sh/uv:0.12.5 /uv /bin/' },
      {
        code: 'FROM debian:12 AS Build\nFROM debian:12\nCOPY --from=build /a /b',
        note: 'upper and lower case are one to Docker',
      },
      {
        code: 'FROM debian:12\nCOPY --from=weights / /models',
        options: { contexts: ['weights'] },
        note: 'hadolint#830: a context of the build',
      },
      {
        code: 'FROM debian:12\nCOPY --from=$A /a /b\nCOPY --from=3 /a /b',
        note: 'left to invalid-copy-from',
      },
    ],
    bad: [
      {
        code: 'FROM debian:12 AS builder\nFROM debian:12\nCOPY --from=⟦bulider⟧ /a /b',
        fixed: 'FROM debian:12 AS builder\nFROM debian:12\nCOPY --from=builder /a /b',
      },
      { code: 'FROM python:3.12\nCOPY --from=⟦ghcr.io/astral-sh/uv⟧ /uv /bin/' },
      {
        code: 'FROM debian:12 AS a\nCOPY --from=⟦b⟧ /x /y\nFROM debian:12 AS b',
        options: { endsBuild: true },
      },
      {
        code: 'FROM debian:12\nCOPY --chown=1 --from=⟦1⟧ /a /b\nCOPY --from=⟦"$UV"⟧ /c /d',
        options: { endsBuild: true },
      },
    ],
  },
  create: () => {
    let suggestions = 0;
    return {
      COPY(copy, { facts, options, report }) {
        const word = copy.node.flags.find(({ name }) => name === 'from')?.value;
        const name = word?.value ?? '';
        // `--from=` without a name copies from the build context (BuildKit, toCommand).
        if (!word || name === '' || name.includes(':')) return;
        const own = facts.stageOf(copy);
        const above = own ? own.index + 1 : 0;
        // As hadolint does, by the digits that a name begins with; its own number is the matter of DL3023.
        const number = /^\d+/.exec(name)?.[0];
        if (number !== undefined && Number(number) < above) return;
        if (!options.endsBuild && findFromFault(facts, copy, { ...word, text: name })) return;
        if (findStage(facts.stages, name, facts.options, above) || options.contexts.includes(name)) return;
        const span = copy.at(word);
        if (number === name) return report(span, 'number', { name });
        if (name.includes('$')) return report(span, 'variable', { name });
        if (usedStage(facts, name, false)) return report(span, 'later', { name });
        const stages = suggestions++ < mostSuggestions ? facts.stages.slice(0, Math.max(0, above - 1)) : [];
        const other = nearest(
          name,
          stages.flatMap((stage) => stage.from.node.alias?.value ?? []),
        );
        // A context may have such a name, but hardly does.
        if (!other) return report(span, /[./]/.test(name) ? 'image' : 'unknown', { name });
        report(span, 'typo', { name, other }, (): Fix => {
          return { title: `Copy from ${other}`, safety: 'unsafe', edits: [{ span, text: other }] };
        });
      },
    };
  },
});
