import { sameEnvReferences } from '../../facts/references.ts';
import { defineRule, type FixResult } from '../../lint/rule.ts';
import type { Instruction, KeyValues } from '../../syntax/tree.ts';
import { type Edit, lineEnding } from '../../text/edit.ts';

export default defineRule({
  code: 'DL3044',
  name: 'variable-of-same-env',
  aliases: ['buildkit/UndefinedVar'],
  since: '0.2.0',
  severity: 'error',
  recommended: {
    level: 'warning',
    because: 'The build goes on, with an empty value in the place of the variable.',
  },
  family: 'environment',
  summary: 'An ENV uses a variable that it sets itself',
  why: 'All values of one ENV are put in before any of them is set (Dockerfile reference, "Environment replacement"): in `ENV CONDA=/opt/conda PATH=$CONDA/bin:$PATH` the path begins with `/bin`, and nothing says so until a program is not found.',
  messages: {
    unset:
      '`${name}` is not yet set here, as one ENV sets its variables all at once. Set it in another ENV above this one.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nENV CONDA=/opt/conda\nENV PATH=$CONDA/bin:$PATH' },
      { code: 'FROM debian:12\nENV PATH=/opt/bin:$PATH LANG=C.UTF-8', note: 'its own value from before' },
      { code: 'FROM debian:12\nARG CONDA\nENV CONDA=/opt/conda PATH=$CONDA/bin:$PATH' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nENV CONDA=/opt/conda PATH=⟦$CONDA⟧/bin:$PATH',
        fixed: 'FROM debian:12\nENV CONDA=/opt/conda\nENV PATH=$CONDA/bin:$PATH',
      },
      {
        code: 'FROM debian:12\nENV LANG=C.UTF-8 \\\n    CUDA=/usr/local/cuda \\\n    PATH=⟦${CUDA}⟧/bin:$PATH \\\n    LIBRARY_PATH="$CUDA/lib64"',
        fixed:
          'FROM debian:12\nENV LANG=C.UTF-8 \\\n    CUDA=/usr/local/cuda\nENV PATH=${CUDA}/bin:$PATH \\\n    LIBRARY_PATH="$CUDA/lib64"',
      },
      { code: 'FROM debian:12\nENV PATH=⟦$CUDA⟧/bin:$PATH CUDA=/usr/local/cuda' },
    ],
  },
  create: () => ({
    ENV(env, { facts, report }) {
      const found = sameEnvReferences(facts.file, env);
      const first = found[0];
      if (!first) return;
      report(env.at(first), 'unset', { name: first.name }, () => {
        if (found.some(({ user, setter }) => setter > user) || env.node.comments.length > 0) return undefined;
        return splitEnv(env, found, facts.file.text);
      });
    },
  }),
});

/** Begins a new ENV before each pair that uses what one since the last beginning sets. */
function splitEnv(
  env: Instruction<KeyValues>,
  uses: readonly { readonly user: number; readonly setter: number }[],
  text: string,
): FixResult {
  const { pairs, keywordWord } = env.node;
  const edits: Edit[] = [];
  let start = 0;
  pairs.forEach((pair, i) => {
    if (!uses.some(({ user, setter }) => user === i && setter >= start)) return;
    start = i;
    const gap = env.at({ from: pairs[i - 1]?.to ?? pair.from, to: pair.from });
    edits.push({ span: gap, text: `${lineEnding(text)}${keywordWord.raw} ` });
  });
  return { title: 'Set it in an ENV of its own above', safety: 'unsafe', edits };
}
