import { hasFlag } from '../../facts/command-flags.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import { wheelSources } from '../../facts/torch.ts';
import { defineRule } from '../../lint/rule.ts';

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
  dependsOn: 'instruction',
  summary: 'A nightly or pre-release build of a framework is installed',
  why: 'Nightly builds are deleted after some weeks, so the file stops building, and until then each build takes another one. `--pre` lets pip take alphas and release candidates of all packages of the command. An image of a framework itself has its reasons; others keep the build that they tested.',
  messages: {
    nightly:
      'Nightly builds are gone after some weeks, and with them this build. Take a release, or keep the wheel that was tested.',
    pre: '`--pre` takes whatever candidate of {name} is newest. Take a release, or pin the candidate.',
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
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install --pre torch --index-url ⟦https://download.pytorch.org/whl/nightly/cu130⟧',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install numpy ⟦tf-nightly⟧' },
      { code: 'FROM python:3.12-slim\nRUN pip install --pre ⟦cupy-cuda12x⟧' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/nightly|--pre\b/.test(run.node.text)) return;
      for (const { word, name, specifier, command } of pythonPackages(facts, run)) {
        const index = wheelSources(command).find(({ value }) => value.includes('/nightly'));
        if (index && frameworks.test(name)) return report(run.at(index.word), 'nightly');
        if (!specifier.startsWith('=') && nightlyNames.test(name)) return report(run.at(word), 'nightly');
        if (!specifier.startsWith('=') && hasFlag(command, ['pre']) && frameworks.test(name))
          return report(run.at(word), 'pre', { name });
      }
    },
  }),
});
