import { hasFlag } from '../../facts/command-flags.ts';
import { isBehindTest } from '../../facts/conditions.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import { wheelSources } from '../../facts/torch.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Dockerfile } from '../../syntax/tree.ts';
import { remember } from '../../text/remember.ts';

const nightlyNames =
  /^(?:tf-nightly(?:-gpu|-cpu)?|tf-nightly-\w+|ort-nightly(?:-gpu)?|keras-nightly|jax-nightly)$/;
const frameworks =
  /^(?:torch(?:vision|audio)?|tensorflow|jax|jaxlib|cupy(?:-cuda\d+x?)?|onnxruntime(?:-gpu)?|vllm)$/;

export default defineRule({
  code: 'nightly-framework',
  name: 'nightly-framework',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'torch',
  summary: 'A nightly or pre-release build of a framework is installed',
  why: 'Each build takes the nightly build of its day, and one that is pinned by its date is deleted after some weeks, so that the file stops building. `--pre` lets pip take alphas and release candidates of all packages of the command. Silent where a comment, a label, an argument or the name of a stage calls the image a nightly one, and where a test of a variable decides over it.',
  messages: {
    nightly:
      'Each build takes the {name} of its night, which nobody tested. Take a release, or copy a wheel that you keep.',
    dated:
      'Nightly builds are deleted after some weeks, and from then on this build fails. Take a release, or keep a copy of the wheel and install that.',
    pre: '`--pre` takes whatever candidate of {name} is newest. Take a release, or write the version of the candidate.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cu129',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install --pre black' },
      { code: 'FROM python:3.12-slim\nRUN pip install --pre torch==2.9.0rc1' },
      {
        code: '# The image team/app:nightly, for tests\nFROM python:3.12-slim\nRUN pip install --pre torch --index-url https://download.pytorch.org/whl/nightly/cu130',
        note: 'it says that it is one',
      },
      {
        code: 'FROM python:3.12-slim\nARG EDGE\nRUN if [ -n "$EDGE" ]; then pip install --pre torch --index-url https://download.pytorch.org/whl/nightly/cu130; fi',
        note: 'whoever builds chooses it',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install --dry-run --pre torch --index-url https://download.pytorch.org/whl/nightly/cu130',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install --pre torch --index-url ⟦https://download.pytorch.org/whl/nightly/cu130⟧',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install --pre torch==2.11.0.dev20260110 --index-url ⟦https://download.pytorch.org/whl/nightly/cu130⟧',
        note: 'the date of a build that will be deleted',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install numpy ⟦tf-nightly⟧' },
      { code: 'FROM python:3.12-slim\nRUN pip install --pre ⟦cupy-cuda12x⟧' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/nightly|--pre\b/.test(run.node.text) || isNightlyImage(facts.file)) return;
      for (const { word, name, specifier, command } of pythonPackages(facts, run)) {
        if (hasFlag(command, ['dry-run']) || isBehindTest(run.node, word.from)) continue;
        const index = wheelSources(command).find(({ value }) => value.includes('/nightly'));
        if (index && frameworks.test(name)) {
          const isDated = /\.dev\d{8}/.test(specifier);
          return isDated
            ? report(run.at(index.word), 'dated')
            : report(run.at(index.word), 'nightly', { name });
        }
        if (!specifier.startsWith('=') && nightlyNames.test(name))
          return report(run.at(word), 'nightly', { name });
        if (!specifier.startsWith('=') && hasFlag(command, ['pre']) && frameworks.test(name))
          return report(run.at(word), 'pre', { name });
      }
    },
  }),
});

/** Whether a file says in words of its own that it makes a nightly image. */
const isNightlyImage = remember(
  ({ text, comments, instructions }: Dockerfile): boolean =>
    comments.some(({ span }) => /nightly/i.test(text.slice(span.start, span.end))) ||
    instructions.some(({ node }) => /^(?:FROM|ARG|LABEL)$/.test(node.keyword) && /nightly/i.test(node.text)),
);
