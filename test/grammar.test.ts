// The injection grammar, tokenized by VS Code's own engine: over VS Code's own grammars where the tests' code-server is
// installed, and always over a stand-in for them, which has their instruction, string and comment rules and no more.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { IGrammar } from 'vscode-textmate';
import { cache } from './parts/cache.ts';

const require = createRequire(import.meta.url);
const oniguruma = require('vscode-oniguruma') as typeof import('vscode-oniguruma');
const textmate = require('vscode-textmate') as typeof import('vscode-textmate');
await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
const [contribution] = manifest.contributes.grammars;
const injection = readFileSync(`${root}/${contribution.path}`, 'utf8');

const extensions = `${cache}/code-server/node_modules/code-server/lib/vscode/extensions`;
const vscodeGrammars: Record<string, string> = {
  'source.dockerfile': `${extensions}/docker/syntaxes/docker.tmLanguage.json`,
  'source.shell': `${extensions}/shellscript/syntaxes/shell-unix-bash.tmLanguage.json`,
  'source.python': `${extensions}/python/syntaxes/MagicPython.tmLanguage.json`,
};

const quoted = (quote: string, name: string) => ({ begin: quote, end: quote, name });
const standIns: Record<string, object> = {
  'source.dockerfile': {
    scopeName: 'source.dockerfile',
    patterns: [
      {
        match: '^\\s*(?i:(ONBUILD)\\s+)?(?i:(CMD|COPY|ENV|FROM|RUN|USER))\\s',
        captures: {
          1: { name: 'keyword.control.dockerfile' },
          2: { name: 'keyword.other.special-method.dockerfile' },
        },
      },
      quoted('"', 'string.quoted.double.dockerfile'),
      quoted("'", 'string.quoted.single.dockerfile'),
      { match: '^\\s*#.*$\\n?', name: 'comment.line.number-sign.dockerfile' },
    ],
  },
  // Their strings run over lines: what an embedded language can do to the text behind it.
  'source.shell': { scopeName: 'source.shell', patterns: [quoted('"', 'string.quoted.double.shell')] },
  'source.python': {
    scopeName: 'source.python',
    patterns: [quoted('"""', 'string.quoted.docstring.python')],
  },
};

function loadGrammar(readHost: (scopeName: string) => string | undefined): Promise<IGrammar | null> {
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scopeName) => {
      const content = scopeName === contribution.scopeName ? injection : readHost(scopeName);
      return content === undefined ? null : textmate.parseRawGrammar(content, 'grammar.json');
    },
    getInjections: (scopeName) =>
      contribution.injectTo.includes(scopeName) ? [contribution.scopeName] : undefined,
  });
  return registry.loadGrammar('source.dockerfile');
}

interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

function tokenize(grammar: IGrammar, text: string): Token[][] {
  let state = textmate.INITIAL;
  return text.split('\n').map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, endIndex),
      scopes,
    }));
  });
}

const hosts: { name: string; skip: string | false; read: (scopeName: string) => string | undefined }[] = [
  {
    name: "VS Code's grammars",
    // With CI=true a missing part is a failure, never a skip.
    skip: process.env.CI !== 'true' && !existsSync(extensions) && `no code-server in ${cache}`,
    read: (scopeName) => {
      const path = vscodeGrammars[scopeName];
      return path && readFileSync(path, 'utf8');
    },
  },
  {
    name: 'a stand-in',
    skip: false,
    read: (scopeName) => standIns[scopeName] && JSON.stringify(standIns[scopeName]),
  },
];

for (const { name, skip, read } of hosts) {
  const grammar = skip ? null : await loadGrammar(read);

  describe(`Dockerfile grammar over ${name}`, { skip }, () => {
    const tokens = (text: string) => tokenize(grammar as IGrammar, text);

    /** The scopes of the first token that has the text, without the `.dockerfile` that most of them end with. */
    function scopesOf(text: string, part: string, line?: number): string[] {
      const lines = tokens(text);
      const all = line === undefined ? lines.flat() : (lines[line] ?? []);
      const token = all.find((candidate) => candidate.text.trim() === part);
      assert.ok(token, `no token "${part}" in ${JSON.stringify(all.map((candidate) => candidate.text))}`);
      return token.scopes.map((scope) => scope.replace(/\.dockerfile$/, ''));
    }
    const has = (scopes: readonly string[], scope: string) =>
      assert.ok(scopes.includes(scope), `${scope} in ${scopes}`);
    /** Every token of a line lies in the scope, or none does. */
    function assertLine(text: string, line: number, scope: string, expected = true) {
      for (const token of tokens(text)[line] ?? []) {
        assert.equal(
          token.scopes.some((candidate) => candidate.startsWith(scope)),
          expected,
          `${scope} at "${token.text}" in line ${line + 1}: ${token.scopes}`,
        );
      }
    }
    /** The line is coloured as an instruction of the file, in no string or heredoc. */
    function assertInstruction(text: string, line: number, keyword: string) {
      const scopes = scopesOf(text, keyword, line);
      has(scopes, 'keyword.other.special-method');
      assert.ok(!scopes.some((scope) => /string|heredoc|embedded/.test(scope)), `${scopes}`);
    }

    describe('heredocs', () => {
      it('colour the script of a RUN as shell, up to the terminator', () => {
        const text = 'RUN <<EOF\nset -e\nEOF\nUSER app';
        has(scopesOf(text, '<<'), 'keyword.operator.heredoc');
        has(scopesOf(text, 'EOF', 0), 'constant.other.heredoc-name');
        assertLine(text, 1, 'source.shell');
        has(scopesOf(text, 'EOF', 2), 'constant.other.heredoc-name');
        assertLine(text, 2, 'source.shell', false);
        assertInstruction(text, 3, 'USER');
      });

      for (const body of [
        'echo "unfinished',
        'echo $(',
        "it's",
        'cat <<OTHER',
        'if true; then',
        'RUN echo \\',
      ]) {
        it(`end at the terminator behind: ${body}`, () => {
          const text = `RUN <<EOF\n${body}\nEOF\nUSER app`;
          assertLine(text, 1, 'source.shell');
          assertLine(text, 2, 'source.shell', false);
          assertInstruction(text, 3, 'USER');
        });
      }

      it('end at an indented terminator only behind <<-', () => {
        assertLine('RUN <<EOF\necho a\n\tEOF\necho b\nEOF', 3, 'source.shell');
        assertInstruction('RUN <<-EOF\n\techo a\n\tEOF\nUSER app', 3, 'USER');
      });

      it('end at the whole word of the terminator', () => {
        assertLine('RUN <<EOF\nEOFs\nEOF ;\necho b\nEOF', 3, 'source.shell');
      });

      it('may have a quoted name', () => {
        for (const quote of ['"', "'"]) {
          const text = `RUN <<${quote}EOF${quote}\necho a\nEOF\nUSER app`;
          has(scopesOf(text, quote), 'punctuation.definition.heredoc.quote');
          assertLine(text, 1, 'source.shell');
          assertInstruction(text, 3, 'USER');
        }
      });

      it('may follow flags and continuation lines', () => {
        const text = 'RUN --mount=type=cache,target=/c \\\n  --network=none \\\n<<EOF\necho a\nEOF\nUSER app';
        assertLine(text, 3, 'source.shell');
        assertInstruction(text, 5, 'USER');
      });

      it('are Python where python reads them', () => {
        const starts = [
          'RUN python3 <<EOF',
          'RUN python3.13 - <<EOF',
          'RUN set -e && /venv/bin/python <<EOF',
          'RUN --mount=type=cache,target=/c uv run python - <<EOF && echo "done"',
          'RUN <<EOF python3',
        ];
        for (const start of starts) {
          const text = `${start}\nx = """open\nEOF\nUSER app`;
          assertLine(text, 1, 'source.python');
          assertLine(text, 1, 'source.shell', false);
          assertInstruction(text, 3, 'USER');
        }
        const shebang = 'RUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF\nUSER app';
        assertLine(shebang, 2, 'source.python');
        assertInstruction(shebang, 4, 'USER');
      });

      it('are shell where a shell reads them, else what the command reads: plain text', () => {
        assertLine('RUN /bin/bash -e <<EOF\necho a\nEOF', 1, 'source.shell');
        const text = "RUN cat <<EOF > /etc/motd\nit's open\nEOF\nUSER app";
        assertLine(text, 1, 'string.unquoted.heredoc');
        assertLine(text, 1, 'source.shell', false);
        assertInstruction(text, 3, 'USER');
      });

      it('of COPY and ADD are plain text, or what the name of the file says', () => {
        const text = "COPY --chown=1:1 <<EOF /etc/app.conf\nit's = open\nEOF\nUSER app";
        assertLine(text, 1, 'string.unquoted.heredoc');
        assertInstruction(text, 3, 'USER');
        assertLine('COPY <<EOF /app/serve.py\nimport os\nEOF', 1, 'source.python');
        assertLine('ADD <<EOF /app/run.sh\necho a\nEOF', 1, 'source.shell');
      });

      it('may be several in one instruction', () => {
        const text = 'COPY <<A <<B <<C /dest/\none\nA\ntwo\nB\nthree\nC\nUSER app';
        for (const name of ['A', 'B', 'C']) has(scopesOf(text, name, 0), 'constant.other.heredoc-name');
        for (const line of [1, 3, 5]) assertLine(text, line, 'string.unquoted.heredoc');
        assertInstruction(text, 7, 'USER');
      });

      it('work in lower case and behind ONBUILD', () => {
        assertInstruction('run <<EOF\necho "\nEOF\nuser app', 3, 'user');
        const text = 'ONBUILD RUN <<EOF\necho a\nEOF\nUSER app';
        has(scopesOf(text, 'ONBUILD'), 'keyword.control');
        assertLine(text, 1, 'source.shell');
        assertInstruction(text, 3, 'USER');
      });

      it('are not seen where there are none', () => {
        for (const line of [
          'ENV A=<<EOF',
          '# RUN <<EOF',
          'RUN cat <<<EOF',
          'RUN echo "<<EOF"',
          'RUN << EOF',
        ]) {
          assertInstruction(`${line}\nUSER app`, 1, 'USER');
          assertLine(`${line}\nUSER app`, 0, 'meta.heredoc', false);
        }
      });
    });

    describe('flags', () => {
      it('of RUN --mount have coloured keys, types and values', () => {
        const text =
          'RUN --mount=type=cache,target=$DIR/x,ro \\\n    --mount=type=secret,id=a --security=insecure pip';
        has(scopesOf(text, 'mount'), 'constant.other.option');
        has(scopesOf(text, 'cache'), 'support.constant.mount-type');
        for (const key of ['type', 'target', 'ro']) has(scopesOf(text, key), 'variable.parameter.mount');
        has(scopesOf(text, 'DIR'), 'variable.other');
        has(scopesOf(text, '/x'), 'string.unquoted.flag-value');
        has(scopesOf(text, 'secret', 1), 'support.constant.mount-type');
        has(scopesOf(text, 'security', 1), 'constant.other.option');
      });

      for (const line of [
        'COPY --from=build a b',
        'FROM --platform=linux/amd64 python:3.13',
        'COPY --chown=1:1 a b',
        'COPY --link a b',
        'RUN --network=none pip',
        'ADD --checksum=sha256:ab https://example.org/x /',
        'HEALTHCHECK --interval=30s CMD ["x"]',
      ]) {
        it(`are coloured in: ${line}`, () => {
          const flag = /--(\w+)(?:=(\S+))?/.exec(line);
          has(scopesOf(line, flag?.[1] ?? ''), 'constant.other.option');
          if (flag?.[2]) has(scopesOf(line, flag[2]), 'string.unquoted.flag-value');
        });
      }

      it('end where the command begins', () => {
        const text = 'RUN pip install --mount=type=cache \\\n  --link x';
        for (const line of [0, 1]) assertLine(text, line, 'meta.flag', false);
      });

      it('leave FROM … AS and the CMD of a health check keywords', () => {
        has(scopesOf('FROM --platform=$P python AS build', 'AS'), 'keyword.other.special-method');
        has(scopesOf('HEALTHCHECK CMD ["x"]', 'CMD'), 'keyword.other.special-method');
      });
    });

    describe('directives', () => {
      const text =
        '# syntax=docker/dockerfile:1\n# escape=`\n# check=skip=StageNameCasing,a/b;error=true\nFROM x\n# escape=\\';

      it('are coloured at the top of the file', () => {
        for (const [line, directive] of ['syntax', 'escape', 'check'].entries()) {
          has(scopesOf(text, directive, line), 'keyword.control.directive');
          assertLine(text, line, 'comment', false);
        }
        has(scopesOf(text, 'docker/dockerfile:1'), 'string.unquoted.directive');
        has(scopesOf(text, 'skip'), 'variable.parameter.check');
        has(scopesOf(text, 'StageNameCasing'), 'constant.other.rule');
        has(scopesOf(text, 'true'), 'constant.language');
      });

      it('are comments everywhere else', () => {
        assertLine(text, 4, 'comment');
        assertLine('# a comment\n# syntax=docker/dockerfile:1', 1, 'comment');
        assertInstruction(text, 3, 'FROM');
      });
    });

    describe('ignore comments', () => {
      it('have coloured ids and stay comments', () => {
        const text = 'FROM x\n# hadolint global ignore=DL3008,SC2086 # why\nRUN a \\\n  # an aside\n  b';
        has(scopesOf(text, 'hadolint'), 'keyword.control.ignore');
        has(scopesOf(text, 'global'), 'storage.modifier.ignore');
        has(scopesOf(text, 'DL3008'), 'constant.other.rule');
        has(scopesOf(text, 'SC2086'), 'constant.other.rule');
        assertLine(text, 1, 'comment');
        assert.ok(
          tokens(text)[3]
            ?.at(-1)
            ?.scopes.some((scope) => scope.startsWith('comment')),
        );
      });

      it('may be ours or BuildKit’s', () => {
        has(
          scopesOf('FROM x\n# wheelhouse ignore=uv-image-unpinned', 'uv-image-unpinned'),
          'constant.other.rule',
        );
        const check = 'FROM x\n# check=skip=StageNameCasing\nRUN a';
        has(scopesOf(check, 'check'), 'keyword.control.ignore');
        has(scopesOf(check, 'StageNameCasing'), 'constant.other.rule');
      });
    });

    it('an unfinished string in a RUN ends with its line', () => {
      assertInstruction("RUN echo it's\nUSER app", 1, 'USER');
      assertLine('RUN echo "a \\\n  b"', 1, 'meta.instruction');
    });

    it('a command substitution at the end of a line continues nothing', () => {
      assertInstruction('RUN A=`date`\nUSER app', 1, 'USER');
    });
  });
}
