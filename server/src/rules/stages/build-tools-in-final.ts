import { jitPackages } from '../../data/compiler-needs.ts';
import { isPythonProject, isWorkbench } from '../../facts/python-project.ts';
import { systemPackages } from '../../facts/system-packages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

const tools =
  /^(?:build-essential|build-base|gcc|g\+\+|clang|cmake|ninja-build|cargo|rustc|gfortran|python3?(?:\.\d+)?-dev(?:el)?|gcc-c\+\+|musl-dev|linux-headers)(?:-\d+(?:\.\d+)*)?$/;
/** What needs a compiler while it runs, beside the packages known for it: `torch.compile` and others like it. */
const compilesLater =
  /torch\.compile|TORCHINDUCTOR|cython|pyximport|cppyy|pystan|cmdstan|pymc|theano|aesara/i;
const removals: Readonly<Record<string, RegExp>> = {
  'apt-get': /^(?:purge|remove|autoremove)$/,
  apt: /^(?:purge|remove|autoremove)$/,
  apk: /^del$/,
  dnf: /^(?:remove|erase|autoremove)$/,
  microdnf: /^remove$/,
  yum: /^(?:remove|erase|autoremove)$/,
};

export default defineRule({
  code: 'build-tools-in-final',
  name: 'build-tools-in-final',
  aliases: ['tally/prefer-multi-stage-build'],
  since: '0.2.0',
  severity: 'info',
  family: 'stages',
  summary: 'Compilers stay in the image of a service',
  why: 'A compiler is needed once, for packages that come without a wheel, and then stays: `build-essential` adds some 300 MB to `python:3.12-slim`, and gives whoever breaks into the service the tools to go on. Build wheels in an earlier stage and install them in the last one, or take packages that have wheels, such as `psycopg2-binary` (Docker documentation, "Multi-stage builds"). The rule judges the last stage of files for Python; it is silent where the RUN removes the compiler, where something compiles while running (Triton, DeepSpeed, `torch.compile` …), and where the image is one to work in.',
  messages: {
    tools:
      '`{name}` stays in the image, though only installing may need it. Move it with the installs of Python packages into a stage above, after `RUN python3 -m venv /venv` and `ENV PATH="/venv/bin:$PATH"`; here write that ENV and `COPY --from=<stage> /venv /venv`.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12 AS build\nRUN apt-get install -y gcc && pip wheel -w /w psycopg2\nFROM python:3.12-slim\nCOPY --from=build /w /w\nCMD ["python", "app.py"]',
      },
      {
        code: 'FROM python:3.12-slim\nRUN apt-get install -y gcc && pip install psycopg2 && apt-get purge -y gcc\nCMD ["python", "app.py"]',
      },
      {
        code: 'FROM python:3.12-slim\nRUN apt-get install -y gcc && pip install vllm\nCMD ["vllm", "serve"]',
      },
      {
        code: 'FROM python:3.12-slim\nRUN apt-get install -y build-essential\nCMD ["bash"]',
        note: 'an image to work in',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12 AS build\nRUN pip wheel -w /w psycopg2\nFROM python:3.12-slim\nRUN apt-get update && apt-get install -y ⟦gcc⟧ libpq5\nCOPY --from=build /w /w\nRUN pip install /w/*.whl\nCMD ["python", "app.py"]',
      },
      {
        code: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y curl ⟦build-essential⟧ && pip install psycopg2\nCMD ["python", "app.py"]',
      },
      {
        code: 'FROM python:3.12-alpine\nRUN apk add --no-cache ⟦gcc⟧ musl-dev\nRUN pip install .\nCMD ["gunicorn", "app:app"]',
      },
      {
        code: 'FROM python:3.12-slim\nRUN ["apt-get", "install", "-y", ⟦"g++"⟧]\nENTRYPOINT ["python", "-m", "app"]',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const stage = facts.finalStage;
      const { text } = facts.file;
      if (!stage || jitPackages.test(text) || compilesLater.test(text)) return;
      // A `-devel` image has its compilers already.
      if (/-devel(?=-|$)/.test(stage.base.image.tag ?? '')) return;
      if (isWorkbench(stage) || !isPythonProject(facts, stage)) return;
      for (const run of stage.instructions) {
        if (facts.commands(run).some(removes)) continue;
        const found = systemPackages(facts, run).find(({ name }) => tools.test(name));
        if (found) return report(run.at(found.word), 'tools', { name: found.name });
      }
    },
  }),
});

function removes({ name, args }: ShellCommand): boolean {
  const verbs = Object.hasOwn(removals, name) ? removals[name] : undefined;
  return verbs !== undefined && args.some(({ value }) => verbs.test(value));
}
