// Patterns of ignore files and of COPY are held against the regular expressions that moby makes of them
// (moby/patternmatcher 0.6, `compile`; Go's `filepath.Match`), on short texts, where those are quick.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readGlob } from '../../server/src/syntax/glob.ts';
import { parseIgnoreFile } from '../../server/src/syntax/ignore-file.ts';

function judge(pattern: string, style: 'copy' | 'ignore'): RegExp {
  const isSuffix = style === 'ignore' && /^\*\*[^*?[\]\\]*$/.test(pattern);
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] as string;
    if (style === 'ignore' && pattern.startsWith('**', at)) {
      if (isSuffix && pattern[2] !== '/') source += '.*';
      else if (/^\/?$/.test(pattern.slice(at + 2))) source += '.*';
      else source += '(?:.*/)?';
      at += pattern[at + 2] === '/' ? 2 : 1;
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[' && pattern.indexOf(']', at) > at + 1) {
      const end = pattern.indexOf(']', at);
      source += pattern.slice(at, end + 1);
      at = end;
    } else source += (char === '\\' ? (pattern[++at] ?? '\\') : char).replace(/[.+*?^${}()|[\]\\/]/, '\\$&');
  }
  return new RegExp(`^${source}$`, 's');
}

/** All texts of up to so many parts. */
function textsOf(parts: readonly string[], length: number): string[] {
  if (length === 0) return [''];
  const shorter = textsOf(parts, length - 1);
  return [...new Set([...shorter, ...shorter.flatMap((text) => parts.map((part) => text + part))])];
}

const paths = textsOf(['a', 'b', '/'], 5).filter((path) => !/^\/|\/\/|\/$/.test(path) && path !== '');

describe('a pattern matches what moby’s does', () => {
  for (const style of ['ignore', 'copy'] as const) {
    it(`of ${style === 'copy' ? 'COPY' : 'an ignore file'}`, () => {
      const patterns = textsOf(['a', '/', '*', '**', '?', '[ab]', '\\b'], 4).filter(
        (pattern) => pattern !== '' && !/^\/|\/\/|\/$/.test(pattern),
      );
      assert.ok(patterns.length > 1000);
      for (const pattern of patterns) {
        const glob = readGlob(pattern, style);
        const expected = judge(pattern, style);
        const wrong = paths.filter((path) => glob.matches(path) !== expected.test(path));
        assert.deepEqual(wrong, [], `${pattern} as ${expected}`);
        const covered = (path: string) =>
          path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
        assert.deepEqual(
          paths.filter((path) => glob.covers(path) !== covered(path).some((it) => expected.test(it))),
          [],
          pattern,
        );
      }
    });
  }

  it('or nothing where a class cannot be read', () => {
    assert.equal(readGlob('[b-a]', 'copy').matches('a'), false);
    assert.equal(readGlob('[', 'copy').matches('['), true);
  });
});

describe('the steps of a match', () => {
  const steps = (pattern: string, path: string) => {
    const work = { left: 1e9 };
    readGlob(pattern, 'ignore').covers(path, work);
    return 1e9 - work.left;
  };

  it('are at most some for each pair of a part and a place', () => {
    const path = 'a'.repeat(2000);
    for (const part of ['*a', '?*', '**/', '**/*a', '[ab]*', '***']) {
      const pattern = `${part.repeat(Math.floor(2000 / part.length))}b`;
      for (const text of [path, 'a/'.repeat(1000)])
        assert.ok(
          steps(pattern, text) <= 4 * pattern.length * text.length,
          `${part}: ${steps(pattern, text)}`,
        );
    }
  });

  it('are few where the beginning differs', () => assert.equal(steps('dist/**/*.whl', 'a'.repeat(4000)), 0));

  it('end a file that asks for too many', () => {
    const { keepsOut } = parseIgnoreFile(`${'*a*a*a*a*a*a*a*b*g\n'.repeat(20_000)}*.log\n`);
    const path = `${'a'.repeat(200)}.log`;
    const answers = Array.from({ length: 2000 }, (_, i) => keepsOut(`${i}${path}`));
    assert.equal(answers[0], true);
    assert.equal(answers.at(-1), false);
  });
});
