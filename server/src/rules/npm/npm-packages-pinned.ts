import { hasFlag, plainWords } from '../../facts/command-flags.ts';
import { firstUnpinned, type InstallForm, installsOf, pinOptions } from '../../facts/package-installs.ts';
import { pinMessage, pinMessages } from '../../facts/pin-messages.ts';
import { defineRule } from '../../lint/rule.ts';

const form: InstallForm = { programs: ['npm'], verbs: ['install'], valueFlags: ['loglevel', 'registry'] };

export default defineRule({
  code: 'DL3016',
  name: 'npm-packages-pinned',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  recommended: { level: 'hint', because: '6 of the 7 repositories in which it finds something silence it.' },
  family: 'npm',
  summary: 'npm installs packages without a version',
  why: 'npm takes what the tag `latest` points to that day, so a rebuild may bring another JupyterLab extension or another Pyright than the image that was tested, and a release that asks for a newer Node breaks the build. A version in the command says what was meant; `npm ci` takes everything from `package-lock.json`. Repositories count as pinned when they name a commit or tag behind `#`.',
  messages: {
    local:
      '`{name}` has no version, so a rebuild may install another one. Write `{name}@<version>`, or list it in `package.json` and run `npm ci`.',
    ...pinMessages('@'),
    global: '`{name}` has no version, so a rebuild may install another one. Write `{name}@<version>`.',
    branch:
      '`{name}` is whatever the default branch holds on the day. Write `{name}#<tag>`, with a tag or commit.',
  },
  options: pinOptions('FROM node:22\nRUN npm install -g $TOOLS\n'),
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM node:22\nRUN npm ci && npm install && npm install --production' },
      { code: 'FROM node:22\nRUN npm install -g pyright@1.1.400 @jupyterlab/builder@4.4.3' },
      {
        code: 'FROM node:22\nRUN npm --registry https://npm.example.org install ./app /src/app app.tgz\nRUN npm run install app',
      },
      { code: 'FROM node:22\nRUN npm install git+https://github.com/team/app.git#v1.2' },
      { code: 'FROM node:22\nRUN npm install --loglevel warn "app@${APP_VERSION}" $TOOLS' },
    ],
    bad: [
      { code: 'FROM node:22\nRUN npm install -g ⟦pyright⟧' },
      { code: 'FROM node:22\nRUN npm install yarn@1.22.22 ⟦@jupyterlab/builder⟧ && npm install ⟦pyright⟧' },
      { code: 'FROM node:22\nRUN npm install ⟦git+ssh://git@github.com/team/app.git⟧' },
      { code: 'FROM node:22\nARG TOOLS="pyright@1.1.400 yarn"\nRUN npm install -g ⟦$TOOLS⟧' },
      { code: 'FROM node:22\nRUN ["npm", "install", ⟦"pyright"⟧]' },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      for (const { command, verb, packages } of installsOf(facts, run, form)) {
        // `npm run install` runs a script of that name.
        if (plainWords(command, form.valueFlags)[0] !== verb) continue;
        const suspects = packages.filter(({ value }) => !isPinned(value));
        const unpinned = firstUnpinned(facts, run, suspects, isPinned, options);
        if (!unpinned) continue;
        const name = unpinned.value;
        // `npm ci` installs into the folder of the project only.
        const plain = hasFlag(command, ['g', 'global', 'location']) ? 'global' : 'local';
        const { id, data } = pinMessage(facts, run, unpinned, isPinned);
        if (id === 'listed' || id === 'unseen') report(run.at(unpinned), id, data);
        else report(run.at(unpinned), isRepository(name) ? 'branch' : plain, { name });
      }
    },
  }),
});

function isPinned(name: string): boolean {
  if (isRepository(name)) return name.includes('#');
  if (/^(?:\.{0,2}|~)\/|\.(?:tar|tar\.gz|tgz)$/.test(name)) return true;
  return name.replace(/^@[^/]*\/?/, '').includes('@');
}

function isRepository(name: string): boolean {
  return /^git(?:\+\w+)?:\/\//.test(name);
}
