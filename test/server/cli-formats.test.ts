// Each format of `wheelhouse lint` is one that its readers accept, whatever stands in the Dockerfile.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createCommandLine } from './cli-run.ts';
import { createSarifValidator } from './sarif-schema.ts';
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
  const { out, err, code } = await run(['lint', '--preset', 'strict', '--format', format, ...args, ...files]);
  assert.equal(err, '');
  assert.equal(code, ['codeclimate', 'codacy'].includes(format) ? 0 : 1);
  return out;
}
interface Found {
  readonly code: string;
  readonly message: string;
  readonly level: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
const findings: readonly Found[] = JSON.parse(await report('json'));
const count = findings.length;
const at = (i: number) => findings[i] as Found;
const corpus = new URL('../corpus/dockerfiles/', import.meta.url).pathname;
const sarifFaults = createSarifValidator();

/** Reads a workflow command as the runner does (src/Runner.Common/ActionCommand.cs of actions/runner). */
function readCommand(line: string) {
  const [, name = '', list = '', data = ''] = /^::([^ :]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
  const unescape = (text: string, codes: readonly string[]) =>
    codes.reduce((done, code) => done.replaceAll(`%${code}`, decodeURIComponent(`%${code}`)), text);
  const pairs = list
    .split(',')
    .map((pair) => [
      pair.slice(0, pair.indexOf('=')),
      unescape(pair.slice(pair.indexOf('=') + 1), ['0D', '0A', '3A', '2C', '25']),
    ]);
  return { name, properties: Object.fromEntries(pairs), data: unescape(data, ['0D', '0A', '25']) };
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out for a terminal
const withoutControls = (text: string) => text.replace(/[\0-\x1f\x7f-\x9f]/g, '');

describe('formats', () => {
  it('have findings of every kind to print', () => {
    const codes = new Set(findings.map(({ code }) => code));
    const kinds = ['unknown-instruction', 'DL4000', 'DL3008'];
    assert.ok(
      kinds.every((code) => codes.has(code)),
      [...codes].join(' '),
    );
    assert.deepEqual(new Set(findings.map(({ file }) => file)), new Set([name]));
  });

  it('sarif holds to its JSON schema, and names files, rules and places', async () => {
    const log = JSON.parse(await report('sarif'));
    assert.deepEqual(sarifFaults(log), []);
    const [{ tool, results, columnKind }] = log.runs;
    const { rules } = tool.driver;
    assert.equal(columnKind, 'utf16CodeUnits');
    assert.equal(new Set(rules.map(({ id }: { id: string }) => id)).size, rules.length);
    assert.equal(results.length, count);
    for (const [i, result] of results.entries()) {
      const [{ physicalLocation }] = result.locations;
      const { code, message, line, column, endLine, endColumn } = at(i);
      assert.deepEqual(
        [rules[result.ruleIndex].id, result.ruleId, result.message.text],
        [code, code, message],
      );
      assert.equal(decodeURIComponent(physicalLocation.artifactLocation.uri), name);
      const { sourceLanguage: _, ...region } = physicalLocation.region;
      assert.deepEqual(region, { startLine: line, startColumn: column, endLine, endColumn });
    }
  });

  it('sarif holds to its JSON schema for the files of the corpus, under the preset, and where nothing is found', async () => {
    for (const args of [[corpus], ['--preset', 'hadolint', corpus], ['quiet/Dockerfile']]) {
      const log = JSON.parse((await run(['lint', '--format', 'sarif', ...args])).out);
      assert.deepEqual(sarifFaults(log), []);
    }
  });

  it('sarif of an absolute path names a file', async () => {
    const { out } = await run(['lint', '--format', 'sarif', corpus]);
    const { uri } = JSON.parse(out).runs[0].results[0].locations[0].physicalLocation.artifactLocation;
    assert.ok(fileURLToPath(uri).startsWith(corpus), uri);
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

  it('github has a command for each finding, which the runner reads back as it was meant', async () => {
    const lines = (await report('github')).trimEnd().split('\n');
    const read = lines.map(readCommand);
    const command: Record<string, string> = {
      error: 'error',
      warning: 'warning',
      info: 'notice',
      style: 'notice',
    };
    for (const [i, { code, message, level, line, endLine, column, endColumn }] of findings.entries()) {
      const columns = line === endLine ? { col: String(column), endColumn: String(endColumn) } : {};
      const place = { file: name, line: String(line), endLine: String(endLine), ...columns };
      const expected = {
        name: command[level],
        properties: { ...place, title: code },
        data: withoutControls(message),
      };
      assert.deepEqual(read[i], expected);
    }
    assert.equal(read.length, count);
  });

  it('github prints nothing of a Dockerfile that the runner would take for a command', async () => {
    const hostile = write('hostile', 'FROM debian:12\nUSER 1000\n::set-env name=A::b\n%0A::error::\n');
    const { out } = await run(['lint', '--format', 'github', hostile]);
    const lines = out.trimEnd().split('\n');
    assert.ok(lines.length >= 2, out);
    for (const line of lines) assert.equal(readCommand(line).properties.file, 'hostile');
    assert.ok(
      lines.some((line) => line.includes('%250A')),
      out,
    );
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
