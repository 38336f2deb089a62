import { automaticArgs } from '../../facts/build-args.ts';
import { references } from '../../facts/references.ts';
import { variablesAt } from '../../facts/scope.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

/** What BuildKit sets or takes without an ARG, beside the platforms (Dockerfile reference, "ARG"). */
const predefined = /^(?:(?:https?|ftp|no|all)_proxy|TARGETSTAGE|SOURCE_DATE_EPOCH|BUILDKIT_\w+)$/i;

const messages = {
  unset:
    '`{name}` has no default, so a build without `--build-arg {name}=…` copies another path than is meant, or fails. Give its ARG a default.',
} as const;

export default defineRule({
  code: 'copy-of-unset-arg',
  name: 'copy-of-unset-arg',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'copy',
  summary: 'The path that is copied hangs on an ARG without a default',
  why: 'An ARG without a default is empty unless the build gives it a value (Dockerfile reference, "ARG"): `COPY $DIR /app` then copies the whole build context, `COPY $DIR/app.py /app` takes `/app.py` of its root. The build may end well, with other files in the image. A default, or a path that needs no variable, says what is meant; so does `${DIR:?}`, which ends the build.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nARG DIR=src\nCOPY $DIR /app' },
      { code: 'ARG DIR=src\nFROM debian:12\nARG DIR\nCOPY $DIR /app', note: 'the default of the global ARG' },
      { code: 'FROM debian:12\nARG DIR\nCOPY ${DIR:-src} ${DIR:?} /app/' },
      { code: 'FROM debian:12\nARG TARGETARCH\nCOPY bin/$TARGETARCH/app /app', note: 'BuildKit sets it' },
      { code: 'FROM debian:12\nARG DIR\nENV DIR=src\nCOPY $DIR /app' },
      {
        code: 'FROM debian:12 AS a\nARG V\nFROM debian:12\nARG V\nCOPY --from=a /x-$V /x',
        note: 'not of the build context',
      },
      { code: 'FROM debian:12\nCOPY $HOME_OF_BASE/x /app', note: 'the base image may set it' },
    ],
    bad: [
      { code: 'FROM debian:12\nARG DIR\nCOPY ⟦$DIR⟧ /app' },
      {
        code: 'ARG DIR\nFROM debian:12\nARG DIR\nCOPY a ⟦${DIR}⟧/b /app/\nCOPY $DIR/c /app/',
        note: 'once in a stage',
      },
    ],
  },
  create: () => {
    const told = new Map<Stage, Set<string>>();
    const visit = (it: Instruction<Copy>, { facts, report }: RuleContext<typeof messages>) => {
      const stage = facts.stageOf(it);
      if (!stage || !it.node.text.includes('$') || it.node.flags.some(({ name }) => name === 'from')) return;
      const names = told.get(stage) ?? new Set();
      told.set(stage, names);
      const variables = variablesAt(facts.file, stage, it);
      for (const source of it.node.sources) {
        for (const reference of references(source, facts.file.escape)) {
          const { name, allowsUnset } = reference;
          if (allowsUnset || names.has(name) || automaticArgs.has(name) || predefined.test(name)) continue;
          if (!variables.has(name) || variables.get(name) !== undefined) continue;
          names.add(name);
          if (isArg(stage, name)) report(it.at(reference), 'unset', { name });
        }
      }
    };
    return { COPY: visit, ADD: visit };
  },
});

/** Whether an ARG without a value declares it, rather than an ENV whose value is not known. */
const isArg = (stage: Stage, name: string) =>
  lineage(stage).every(
    ({ byKeyword }) =>
      !byKeyword
        .get('ENV')
        ?.some(({ node }) => node.keyword === 'ENV' && node.pairs.some(({ key }) => key.value === name)) &&
      !byKeyword
        .get('ARG')
        ?.some(
          ({ node }) =>
            node.keyword === 'ARG' && node.pairs.some(({ key, value }) => key.value === name && value),
        ),
  );
