import { withoutArmWheel } from '../../data/native-libraries.ts';
import { requiredPackages } from '../../facts/required-packages.ts';
import { isForSeveralPlatforms } from '../../facts/several-platforms.ts';
import { rootStage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'no-wheel-for-target-arch',
  name: 'no-wheel-for-target-arch',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'platform',
  summary: 'A package has no wheel for ARM, for which the image is built as well',
  why: 'PyPI has wheels of decord and faiss-gpu-cu12 for x86-64 and none for ARM, nor sources that pip could build (asked of PyPI in November 2026), so the build for Apple silicon, Graviton or Grace ends with "No matching distribution found". The rule looks at stages that ask for `TARGETARCH` or name ARM in `--platform`.',
  messages: {
    arm: 'PyPI has no wheel of `{name}` for ARM, and this stage is for ARM, so the build stops here. Build for `linux/amd64`, or use {other}.',
    both: 'PyPI has no wheel of `{name}` for ARM, so the build for ARM stops here. Put `[ "$TARGETARCH" != amd64 ] ||` before the command, or use {other}.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM --platform=linux/arm64 python:3.12-slim\nRUN pip install --no-cache-dir av==15.0.0' },
      { code: 'FROM python:3.12-slim\nRUN pip install decord==0.6.0', note: 'not said to be for ARM' },
      {
        code: 'FROM python:3.12-slim\nARG TARGETARCH\nRUN if [ "$TARGETARCH" = amd64 ]; then pip install --no-cache-dir decord==0.6.0; fi',
      },
    ],
    bad: [
      { code: 'FROM --platform=linux/arm64 python:3.12-slim\nRUN pip install ⟦decord==0.6.0⟧' },
      { code: 'FROM python:3.12-slim\nARG TARGETARCH\nRUN pip install numpy ⟦faiss-gpu-cu12==1.12.0⟧' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const stage = facts.stageOf(run);
      if (!stage || /amd64|x86_64|uname/.test(run.node.text)) return;
      const found = requiredPackages(facts, run).find(({ name }) => withoutArmWheel.has(name));
      if (!found) return;
      const isArm = /--platform=["']?linux\/arm64/.test(rootStage(stage).from.node.text);
      const { name, word } = found;
      const data = { name, other: withoutArmWheel.get(name) ?? '' };
      if (isArm || isForSeveralPlatforms(stage)) report(run.at(word), isArm ? 'arm' : 'both', data);
    },
  }),
});
