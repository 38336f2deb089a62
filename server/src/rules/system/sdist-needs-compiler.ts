import { sourceOnly } from '../../data/native-libraries.ts';
import { installedPackages, isBareBase, isInstalled } from '../../facts/bare-bases.ts';
import { requiredPackages } from '../../facts/required-packages.ts';
import { defineRule } from '../../lint/rule.ts';

const compilers = /^(?:gcc|g\+\+|clang|build-essential|python3?(?:\.\d+)?-dev|cmake)/;
/** Wheels from elsewhere. */
const otherWheels = /index|find-links|\s-f\s|\.whl|only-binary/;

export default defineRule({
  code: 'sdist-needs-compiler',
  name: 'sdist-needs-compiler',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'system',
  summary: 'A package that PyPI has only as source is installed without a compiler',
  why: 'pip then compiles it, and on a slim image that ends with "gcc: No such file or directory" or "pg_config executable not found", after all packages were downloaded. PyPI has no Linux wheel of psycopg2, mysqlclient, pycairo, PyAudio, dlib and llama-cpp-python (asked with pip in November 2026). Compile it in an earlier stage, or take a package that has a wheel, as `psycopg2-binary`. Silent where a compiler is installed, where wheels come from another index, and on base images that may have one.',
  messages: {
    other: '`{name}` is compiled here, and there is no compiler. Install `{use}`, which needs none.',
    compile:
      '`{name}` is compiled here, and there is no compiler. Install one above, as by `apt-get install -y gcc g++`, or build its wheel in a stage that has one and copy that.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir psycopg2-binary==2.9.11' },
      {
        code: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc libpq-dev && pip install psycopg2',
      },
      { code: 'FROM python:3.12 AS build\nRUN pip wheel -w /w llama-cpp-python==0.3.16' },
      {
        code: 'FROM python:3.12-slim\nRUN pip install --no-index --find-links /w llama-cpp-python',
      },
      { code: 'FROM nvidia/cuda:12.9.1-devel-ubuntu22.04\nRUN pip install llama-cpp-python' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir ⟦psycopg2⟧==2.9.10',
        fixed: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir psycopg2-binary==2.9.10',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir ⟦llama-cpp-python⟧==0.3.16' },
      {
        code: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r ⟦requirements.txt⟧',
        context: { 'requirements.txt': 'django==5.2\nmysqlclient==2.2.7\n' },
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const stage = facts.stageOf(run);
      if (!stage || !isBareBase(stage) || otherWheels.test(run.node.text)) return;
      for (const { word, name, file } of requiredPackages(facts, run)) {
        if (!Object.hasOwn(sourceOnly, name)) continue;
        const installed = installedPackages(facts, stage);
        if (!installed || isInstalled(installed, compilers)) return;
        const use = sourceOnly[name];
        const at = file === undefined ? word.raw.toLowerCase().indexOf(name) : -1;
        const local = at < 0 ? word : { from: word.from + at, to: word.from + at + name.length };
        const span = run.at(local);
        if (use === undefined) return report(span, 'compile', { name });
        return report(span, 'other', { name, use }, () =>
          at < 0 ? undefined : { title: `Install ${use}`, safety: 'unsafe', edits: [{ span, text: use }] },
        );
      }
    },
  }),
});
