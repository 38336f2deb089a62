// Writes the skeleton of a rule: npm run new-rule -- FAMILY CODE name
// It compiles, and its example tests fail until the TODOs are filled in.
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url).pathname;
const usage = `Usage: npm run new-rule -- FAMILY CODE name
  FAMILY  folder below server/src/rules, such as pip
  CODE    the id that users know: DL3013, or the name again for a rule of our own
  name    kebab-case, says what is found: pip-packages-pinned`;

const [family = '', code = '', name = ''] = process.argv.slice(2);
const problem = findProblem();
if (problem) {
  console.error(`${problem}\n\n${usage}`);
  process.exitCode = 1;
} else {
  const path = `server/src/rules/${family}/${name}.ts`;
  mkdirSync(`${root}server/src/rules/${family}`, { recursive: true });
  writeFileSync(root + path, renderSkeleton());
  console.log(`Written: ${path}
Next: fill in the TODOs, then
  node server/tools/generate.ts                          registers the rule and writes its page
  node --test test/server/rule-examples.test.ts          runs its examples`);
}

function findProblem(): string | undefined {
  const kebab = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
  if (!kebab.test(family)) return `FAMILY must be kebab-case, not "${family}".`;
  if (!kebab.test(name)) return `name must be kebab-case, not "${name}".`;
  if (!/^[A-Z]{2}\d{4}$/.test(code) && code !== name) {
    return `CODE must look like DL3013 or be the same as the name, not "${code}".`;
  }
  for (const file of globSync('server/src/rules/*/*.ts', { cwd: root })) {
    if (file.endsWith(`/${name}.ts`)) return `${file} exists already.`;
    if (readFileSync(root + file, 'utf8').includes(`code: '${code}',`))
      return `${file} has the code ${code}.`;
  }
  return undefined;
}

function renderSkeleton(): string {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
  return `import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: '${code}',
  name: '${name}',
  aliases: [],
  since: '${version}',
  severity: 'warning',
  family: '${family}',
  summary: 'TODO: one line, what the rule finds',
  why: 'TODO: why it matters, with figures and the source of each.',
  messages: {
    found: 'TODO: one sentence what is wrong. One sentence what to do.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\\nRUN TODO what is fine' },
      { code: 'FROM debian:12\\nRUN TODO what users complain about when it is reported' },
    ],
    bad: [
      { code: 'FROM debian:12\\nRUN ⟦TODO⟧ what is wrong' },
      { code: 'FROM debian:12\\nRUN \\\\\\n  ⟦TODO⟧ the same on another line' },
    ],
  },
  create: () => ({
    RUN(run, ctx) {
      for (const command of ctx.facts.commands(run)) {
        if (command.name === '${name}') ctx.report(run.at(command), 'found');
      }
    },
  }),
});
`;
}
