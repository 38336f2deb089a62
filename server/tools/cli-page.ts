import { lintUsage } from '../src/cli/lint-usage.ts';
import { explainUsage, rulesUsage, usage } from '../src/cli/usage.ts';
import { type FormatName, formats, neverFailing } from '../src/lint/report/formats.ts';

/** What each format is, and who reads it. */
const meanings: Readonly<Record<FormatName, string>> = {
  tty: 'a line for each finding, for people; coloured on a terminal',
  json: 'one array for all files; its fields are [below](#json)',
  sarif: 'SARIF 2.1.0, for GitHub code scanning and many others',
  checkstyle: 'Checkstyle’s XML, for Jenkins and others',
  codeclimate: 'issues of Code Climate, each with a NUL behind it',
  gitlab: 'GitLab’s code quality report',
  gitlab_codeclimate: 'the same, by hadolint’s name',
  gnu: 'lines of the GNU style for errors, which Emacs, Vim and others read',
  codacy: 'objects of Codacy, one behind the other',
  sonarqube: 'generic issues of SonarQube',
  junit: 'JUnit’s XML: a suite for each file, a failed case for each finding',
  github: 'workflow commands of GitHub Actions, which show findings beside the changed lines',
};

const parts: Readonly<Record<string, () => string>> = {
  usage: () => fenced(usage),
  lint: () => fenced(lintUsage),
  rules: () => fenced(rulesUsage),
  explain: () => fenced(explainUsage),
  formats: () => {
    const rows = (Object.keys(formats) as FormatName[]).map((name) => {
      const exit = neverFailing.has(name) ? '; the exit code is 0 whatever is found, as in hadolint' : '';
      return `| \`${name}\` | ${meanings[name]}${exit} |`;
    });
    return ['| format | |', '|---|---|', ...rows].join('\n');
  },
};

/** docs/cli.md with the parts that the program itself knows between their marks; the rest stays as it is. */
export function renderCliPage(page: string): string {
  return page.replace(/(<!-- generated: (\w+) -->\n)(?:.*?\n)??(?=<!-- end -->)/gs, (whole, start, name) => {
    const part = parts[name];
    return part ? `${start}${part()}\n` : whole;
  });
}

const fenced = (text: string) => `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
