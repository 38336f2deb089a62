// Each format of `wheelhouse lint` is one that its readers accept, whatever stands in the Dockerfile.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { createCommandLine } from './cli-run.ts';
import { type Element, parseXml } from './xml.ts';

const { run, write } = await createCommandLine();

/** What needs care: markup, quotes, control characters, half a pair, other scripts, and a name that is no URI. */
const nasty = `FROM debian:12
MAINTAINER "A & <b>" 'c' ]]> %0A ::error:: \u0001\u001b[31m \ud83d\udc33 größe
RUN apt-get install -y --no-install-recommends curl "we<&>ird" | cat
${'FOO & <bar> \u0002"'}
COPY a /b\u0085c
`;
const name = write('odd & <näme>,%#/Docker:file', nasty);
write('quiet/Dockerfile', 'FROM debian:12\nUSER 1000\n');
const files = [name, 'quiet/Dockerfile'];

async function report(format: string, ...args: string[]): Promise<string> {
  const { out, err, code } = await run(['lint', '--format', format, ...args, ...files]);
  assert.equal(err, '');
  assert.equal(code, ['codeclimate', 'codacy'].includes(format) ? 0 : 1);
  return out;
}
const findings: Record<string, unknown>[] = JSON.parse(await report('json'));
const count = findings.length;
const at = (i: number) => findings[i] as { line: number; column: number; endLine: number; endColumn: number };

describe('formats', () => {
  it('have findings of every kind to print', () => {
    const codes = new Set(findings.map(({ code }) => code));
    assert.ok(codes.has('DL1000') && codes.has('DL4000') && codes.has('DL3008'), [...codes].join(' '));
    assert.deepEqual(new Set(findings.map(({ file }) => file)), new Set([name]));
  });

  it('sarif holds to the main constraints of its schema', async () => {
    const log = JSON.parse(await report('sarif'));
    assert.deepEqual([log.version, log.runs.length], ['2.1.0', 1]);
    assert.match(log.$schema, /^https?:\/\/json\.schemastore\.org\/sarif-2\.1\.0/);
    const [{ tool, results, columnKind, defaultSourceLanguage }] = log.runs;
    const { driver } = tool;
    assert.equal(columnKind, 'utf16CodeUnits');
    assert.equal(defaultSourceLanguage, 'dockerfile');
    assert.ok(driver.name && driver.version);
    for (const key of ['downloadUri', 'informationUri']) assert.ok(URL.canParse(driver[key]));
    assert.equal(new Set(driver.rules.map(({ id }: { id: string }) => id)).size, driver.rules.length);
    for (const rule of driver.rules) {
      assert.ok(['none', 'note', 'warning', 'error'].includes(rule.defaultConfiguration.level));
      if (rule.helpUri) assert.ok(URL.canParse(rule.helpUri));
      for (const text of [rule.shortDescription, rule.fullDescription])
        if (text) assert.ok(text.text.length > 0);
    }
    assert.equal(results.length, count);
    for (const [i, result] of results.entries()) {
      assert.equal(driver.rules[result.ruleIndex].id, result.ruleId);
      assert.ok(['none', 'note', 'warning', 'error'].includes(result.level));
      assert.ok(result.message.text.length > 0);
      const [{ physicalLocation }] = result.locations;
      const { uri } = physicalLocation.artifactLocation;
      assert.match(uri, /^[\w.~/%-]+$/, 'a URI reference');
      assert.equal(decodeURIComponent(uri), name);
      const { line, column, endLine, endColumn } = at(i);
      const { region } = physicalLocation;
      const { startLine, startColumn } = region;
      assert.deepEqual(
        [startLine, startColumn, region.endLine, region.endColumn],
        [line, column, endLine, endColumn],
      );
      assert.ok(startLine >= 1 && startColumn >= 1 && region.endColumn >= 1);
    }
  });

  it('sarif of an absolute path names a file', async () => {
    const file = new URL('../corpus/dockerfiles/', import.meta.url).pathname;
    const { out } = await run(['lint', '--format', 'sarif', file]);
    const { uri } = JSON.parse(out).runs[0].results[0].locations[0].physicalLocation.artifactLocation;
    assert.ok(uri.startsWith('file:///') && URL.canParse(uri));
  });

  it('checkstyle is well-formed, with a file for each file', async () => {
    const root = parseXml(await report('checkstyle'));
    assert.deepEqual([root.name, root.attributes], ['checkstyle', { version: '4.3' }]);
    assert.deepEqual(
      root.children.map((file) => [file.attributes.name, file.children.length]),
      [
        [name, count],
        ['quiet/Dockerfile', 0],
      ],
    );
    for (const [i, { name: tag, attributes }] of (root.children[0] as Element).children.entries()) {
      assert.equal(tag, 'error');
      assert.deepEqual([attributes.line, attributes.column], [String(at(i).line), String(at(i).column)]);
      assert.ok(attributes.message && attributes.source);
      assert.match(attributes.severity ?? '', /^(?:error|warning|info|style)$/);
    }
  });

  it('junit is well-formed, with a failed case for each finding', async () => {
    const root = parseXml(await report('junit'));
    assert.equal(root.name, 'testsuites');
    const [odd, quiet] = root.children as [Element, Element];
    assert.deepEqual([odd.attributes.tests, odd.attributes.failures], [String(count), String(count)]);
    assert.deepEqual([quiet.attributes.tests, quiet.attributes.failures], ['0', '0']);
    for (const testcase of odd.children) {
      assert.ok(testcase.attributes.name && testcase.attributes.classname === name);
      const [failure] = testcase.children as [Element];
      assert.ok(failure.name === 'failure' && failure.attributes.message && failure.text.includes('Line: '));
    }
    assert.equal(new Set(odd.children.map(({ attributes }) => attributes.name)).size, count, 'names differ');
  });

  it('codeclimate ends each issue with a NUL', async () => {
    const text = await report('codeclimate');
    assert.ok(text.endsWith('\0'));
    const issues = text
      .slice(0, -1)
      .split('\0')
      .map((issue) => JSON.parse(issue));
    assert.equal(issues.length, count);
    for (const [i, issue] of issues.entries()) {
      assert.deepEqual([issue.type, issue.categories], ['issue', ['Bug Risk']]);
      assert.deepEqual(issue.location, { lines: { begin: at(i).line, end: at(i).endLine }, path: name });
      assert.match(issue.severity, /^(?:info|minor|major|critical|blocker)$/);
    }
  });

  it('gitlab has a fingerprint for each issue that no other one has', async () => {
    const twice = write('quiet/twice', 'FROM debian:12\nRUN a="$x" sudo b; sudo b\nUSER 1000\n');
    for (const format of ['gitlab', 'gitlab_codeclimate']) {
      const { out } = await run(['lint', '--format', format, ...files, twice]);
      const issues = JSON.parse(out) as { fingerprint: string }[];
      assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
      const { fingerprint, ...rest } = issues[0] as { fingerprint: string };
      assert.equal(fingerprint, createHash('sha1').update(JSON.stringify(rest)).digest('hex'));
    }
  });

  it('codacy has an object for each finding', async () => {
    const objects = (await report('codacy')).split(/(?<=\})(?=\{"filename")/).map((text) => JSON.parse(text));
    assert.equal(objects.length, count);
    assert.deepEqual(Object.keys(objects[0]), ['filename', 'line', 'message', 'patternId']);
  });

  it('sonarqube counts columns from 0 and has no empty range', async () => {
    const { issues } = JSON.parse(await report('sonarqube'));
    assert.equal(issues.length, count);
    for (const [i, { primaryLocation, severity, type, ruleId, engineId }] of issues.entries()) {
      assert.ok(ruleId && engineId && primaryLocation.message && primaryLocation.filePath === name);
      assert.match(severity, /^(?:BLOCKER|CRITICAL|MAJOR|MINOR|INFO)$/);
      assert.match(type, /^(?:BUG|CODE_SMELL)$/);
      const { startLine, endLine, startColumn, endColumn } = primaryLocation.textRange;
      assert.equal(startLine, at(i).line);
      if (startColumn !== undefined) assert.ok(endLine > startLine || endColumn > startColumn);
    }
  });

  it('gnu has a line for each finding', async () => {
    const lines = (await report('gnu')).trimEnd().split('\n');
    assert.equal(lines.length, count);
    const { line, column } = at(0);
    assert.ok(lines[0]?.startsWith(`wheelhouse:${name}:${line}:${column}: `), lines[0]);
  });

  it('github escapes what would be a command', async () => {
    const lines = (await report('github')).trimEnd().split('\n');
    assert.equal(lines.length, count);
    for (const line of lines) {
      assert.match(
        line,
        /^::(?:error|warning|notice) file=odd & <näme>%2C%25#\/Docker%3Afile,line=\d+,endLine=\d+[^:]*,title=\w+::[^:].*$/,
      );
    }
  });

  it('have an empty report for clean files', async () => {
    for (const [format, expected] of [
      ['json', '[]\n'],
      ['gitlab', '[]'],
      ['sonarqube', '{"issues":[]}'],
      ['codeclimate', ''],
      ['codacy', ''],
      ['tty', ''],
      ['gnu', ''],
      ['github', ''],
    ] as const) {
      assert.deepEqual(await run(['lint', '-f', format, 'quiet/Dockerfile']), {
        code: 0,
        out: expected,
        err: '',
      });
    }
  });

  it('name another path where hadolint does', async () => {
    for (const format of ['checkstyle', 'codeclimate', 'gitlab', 'sonarqube', 'junit']) {
      const text = await report(format, '--file-path-in-report', 'other/place');
      assert.ok(text.includes('other/place') && !text.includes('Docker:file'), format);
    }
    for (const format of ['json', 'gnu', 'tty', 'codacy', 'sarif']) {
      assert.ok(
        !(await report(format, '--file-path-in-report', 'other/place')).includes('other/place'),
        format,
      );
    }
  });
});
