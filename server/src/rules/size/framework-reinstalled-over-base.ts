import { hasFlag } from '../../facts/command-flags.ts';
import { type HeldFramework, heldFramework } from '../../facts/framework-images.ts';
import { readPipTargets } from '../../facts/pip.ts';
import { type PythonPackage, pythonPackages } from '../../facts/python-packages.ts';
import { lineage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

/** Other environments than the one of the image, and a framework that is taken out of it on purpose. */
const elsewhere =
  /\b(?:venv|virtualenv|uv sync)\b|\b(?:conda|mamba) (?:create|env)\b|\bpip[\d.]* uninstall\b/;
const again = ['U', 'upgrade', 'force-reinstall', 'I', 'ignore-installed', 'reinstall'];

export default defineRule({
  code: 'framework-reinstalled-over-base',
  name: 'framework-reinstalled-over-base',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'size',
  summary: 'Another version of a framework is installed over the one of the base image',
  why: 'The copy in the base image stays in its layers, so the image grows by a second framework, which with its CUDA libraries has several GB, and in NVIDIA’s and AMD’s images the build that they tuned is lost. A requirement that the installed version meets, such as plain `torch`, installs nothing (pip, "Satisfying Requirements"), so only another version and a forced one are reported. Silent where the framework was uninstalled before, where it goes into an environment of its own, with `--no-deps`, and under constraints.',
  messages: {
    other:
      '`{wanted}` replaces {name} {held} of the base image, and the image carries both in its layers. Start from an image with {name} {version}, or leave `{wanted}` out.',
    nvidia:
      '`{wanted}` replaces NVIDIA’s own build of {name}, for which the rest of the base image is made, and the image carries both in its layers. Leave `{wanted}` out, or start from another image.',
    forced:
      '`{wanted}` replaces {name} of the base image by the newest one, and the image carries both in its layers. Leave it out, or start from an image with the version that you want.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nRUN pip install transformers==4.57.3 torch torchvision',
        note: 'torch is there already',
      },
      { code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nRUN pip install torch==2.7.1 "numpy<2"' },
      {
        code: 'FROM nvcr.io/nvidia/pytorch:25.06-py3\nRUN pip install -c /etc/pip/constraint.txt einops==0.8.1 torch==2.8.0',
        note: 'a constraint',
      },
      {
        code: 'FROM nvcr.io/nvidia/pytorch:25.06-py3\nRUN pip uninstall -y torch && pip install torch==2.6.0',
      },
      {
        code: 'FROM tensorflow/tensorflow:2.15.0\nRUN python -m venv /v && /v/bin/pip install tensorflow==2.14.0',
      },
      { code: 'ARG TAG\nFROM pytorch/pytorch:${TAG}\nRUN pip install torch==2.6.0' },
    ],
    bad: [
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nRUN pip install --no-cache-dir ⟦torch==2.6.0⟧ einops==0.8.1',
        fixed:
          'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nRUN pip install --no-cache-dir einops==0.8.1',
      },
      { code: 'FROM nvcr.io/nvidia/pytorch:25.06-py3\nRUN pip install ⟦torch==2.6.0⟧' },
      {
        code: 'FROM tensorflow/tensorflow:2.15.0-gpu AS base\nFROM base\nRUN pip install -U einops==0.8.1 ⟦tensorflow⟧',
        fixed: 'FROM tensorflow/tensorflow:2.15.0-gpu AS base\nFROM base\nRUN pip install -U einops==0.8.1',
      },
      {
        code: 'FROM rocm/pytorch:rocm6.4_ubuntu24.04_py3.12_pytorch_release_2.6.0\nRUN uv pip install --system ⟦torch==2.7.0⟧',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/torch|tensorflow/.test(run.node.text)) return;
      const stage = facts.stageOf(run);
      const held = stage && heldFramework(stage);
      if (!held) return;
      const found = pythonPackages(facts, run).find(
        (one) => held.packages.includes(one.name) && replaces(one, held),
      );
      if (!found) return;
      const isElsewhere = lineage(stage).some(({ instructions }) =>
        instructions.some(({ node, index }) => index <= run.index && elsewhere.test(node.text)),
      );
      if (isElsewhere) return;
      const data = { wanted: found.word.value, name: found.name };
      const fix = () => leaveOut(facts.file.text, run, found);
      if (found.exact === undefined) report(run.at(found.word), 'forced', data, fix);
      else if (held.version === undefined) report(run.at(found.word), 'nvidia', data, fix);
      else report(run.at(found.word), 'other', { ...data, held: held.version, version: found.exact }, fix);
    },
  }),
});

/** Whether an install puts another copy in the place of the one that is there. */
function replaces({ exact, specifier, command }: PythonPackage, { version }: HeldFramework): boolean {
  if (hasFlag(command, ['no-deps', 'c', 'constraint', 'constraints', 't', 'target'])) return false;
  if (specifier === '') return hasFlag(command, again);
  return exact !== undefined && (version === undefined || release(exact) !== release(version));
}

/** A version without its local part and without zeros at its end, by which versions are compared (PEP 440). */
function release(version: string): string {
  const parts = version.replace(/\+.*/s, '').split('.');
  const last = parts.findLastIndex((part, i) => i === 0 || part !== '0');
  return parts.slice(0, last + 1).join('.');
}

/** Takes the package out of an install that has others, with the blanks before it. */
function leaveOut(text: string, run: Instruction, { word, command }: PythonPackage): Fix | undefined {
  const { args } = command;
  const behind = args.slice(args.findIndex(({ value }) => value === 'install') + 1);
  const before = args[args.indexOf(word) - 1];
  if (!before || readPipTargets(behind).packages.length < 2) return undefined;
  const span = { start: run.at(before).end, end: run.at(word).end };
  if (!/^[ \t]+(?:[\\`]\r?\n[ \t]*)?$/.test(text.slice(span.start, run.at(word).start))) return undefined;
  return { title: `Leave ${word.value} out`, safety: 'unsafe', edits: [{ span, text: '' }] };
}
