import { installedPackages, isBareBase, isInstalled } from '../../facts/bare-bases.ts';
import { nativeNeedOf } from '../../facts/native-needs.ts';
import { requiredPackages } from '../../facts/required-packages.ts';
import { shippedStage } from '../../facts/shipped-stages.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'native-lib-missing',
  name: 'native-lib-missing',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'system',
  summary: 'A Python package needs a library or program of the distribution that is not installed',
  why: 'pip installs Python packages only, and is content where the library or program that they load or call is missing. It is noticed when the package is used: lightgbm ends with "libgomp.so.1: cannot open shared object file" when it is imported, pdf2image when it calls `pdftoppm`. The rule knows some packages of which that was read from the wheel or its documentation, and looks at base images that are known to bring nothing.',
  messages: {
    missing:
      '`{name}` needs `{use}` when it runs ({error} without it). Add it to an `apt-get install` of the last stage.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y libgomp1 && pip install lightgbm==4.7.0',
      },
      {
        code: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc\nRUN pip install lightgbm==4.7.0',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir scikit-learn==1.7.2' },
      { code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir "psycopg[binary]==3.2.1"' },
      {
        code: 'FROM python:3.12\nRUN pip install pdf2image==1.17.0',
        note: 'what the full image has is not known',
      },
    ],
    bad: [
      { code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir ⟦psycopg==3.2.1⟧' },
      { code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir ⟦lightgbm==4.7.0⟧' },
      {
        code: 'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y python3-pip && pip install ⟦pdf2image⟧',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r ⟦requirements.txt⟧',
        context: { 'requirements.txt': 'pytesseract==0.3.13\n' },
      },
    ],
  },
  create() {
    const reported = new Set<string>();
    return {
      RUN(run, { facts, report }) {
        const { finalStage } = facts;
        const stage = shippedStage(facts, run);
        if (!stage || !finalStage || !isBareBase(stage)) return;
        const packages = requiredPackages(facts, run);
        for (const one of packages) {
          const { word, name } = one;
          const need = nativeNeedOf(one, packages);
          const installed = need && installedPackages(facts, finalStage);
          if (!need || !installed || reported.has(name)) continue;
          if (isInstalled(installed, need.broughtBy)) continue;
          reported.add(name);
          report(run.at(word), 'missing', { name, use: need.use, error: need.error });
        }
      },
    };
  },
});
