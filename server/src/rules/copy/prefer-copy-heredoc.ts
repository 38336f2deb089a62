import { frontendOf } from '../../facts/frontend.ts';
import { replaceRun } from '../../facts/run-edits.ts';
import { runsAsRoot } from '../../facts/users.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { type Edit, lineEnding } from '../../text/edit.ts';

/** `echo … > FILE` and `printf '…' > FILE`, with the text in one pair of quotes or without any. */
const writes =
  /^(echo|printf)[ \t]+(?:'([^']*)'[ \t]*|"([^"$`\\]*)"[ \t]*|([^\s'"$`\\|&;<>(){}*?[\]~#!-][^'"$`\\|&;<>(){}*?[\]~#!\r\n]*))>[ \t]*(\/[\w./-]+)$/;
/** Files that are not of the image, and one whose mode matters. */
const special = /^\/(?:proc|sys|dev|run)\/|^\/etc\/(?:hosts|hostname|resolv\.conf|sudoers)/;

export default defineRule({
  code: 'prefer-copy-heredoc',
  name: 'prefer-copy-heredoc',
  aliases: ['tally/prefer-copy-heredoc'],
  since: '0.2.0',
  severity: 'style',
  family: 'copy',
  summary: 'A RUN only to write a text into a file',
  why: '`COPY <<EOF /etc/pip.conf` writes the lines below it into the file, as they are: without the quoting of a shell, whose `echo` reads `\\n` in one image and prints it in another, and without a container being started for it (Dockerfile reference, "Here-Documents"; BuildKit, syntax 1.4).',
  messages: {
    write: 'This RUN only writes a text into `{file}`. Write the lines below `COPY <<EOF {file}`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nCOPY <<EOF /etc/timezone\nEurope/Berlin\nEOF' },
      { code: 'FROM debian:12\nRUN echo more >> /etc/environment', note: 'COPY cannot append' },
      { code: 'FROM debian:12\nRUN echo "$VERSION" > /version', note: 'a shell may know more variables' },
      { code: 'FROM debian:12\nRUN echo a > /a && echo b > /b' },
      {
        code: 'FROM debian:12\nRUN echo "app ALL=(ALL) NOPASSWD:ALL" > /etc/sudoers',
        note: 'its mode matters',
      },
    ],
    bad: [
      {
        code: 'FROM debian:12\n⟦RUN⟧ echo "Europe/Berlin" > /etc/timezone',
        fixed: "FROM debian:12\nCOPY <<'EOF' /etc/timezone\nEurope/Berlin\nEOF",
      },
      {
        code: "FROM debian:12\n⟦RUN⟧ echo 'export PATH=$HOME/bin:$PATH' >/etc/profile.d/path.sh",
        fixed: "FROM debian:12\nCOPY <<'EOF' /etc/profile.d/path.sh\nexport PATH=$HOME/bin:$PATH\nEOF",
      },
      {
        code: 'FROM debian:12\n⟦RUN⟧ echo abc > /version  \nRUN make',
        fixed: "FROM debian:12\nCOPY <<'EOF' /version\nabc\nEOF\n\nRUN make",
        note: 'hadolint 2.15.1 wants an empty line behind',
      },
      {
        code: "FROM debian:12\n⟦RUN⟧ printf '[global]\\nindex-url = https://pypi.example.org\\n' > /etc/pip.conf",
        fixed:
          "FROM debian:12\nCOPY <<'EOF' /etc/pip.conf\n[global]\nindex-url = https://pypi.example.org\nEOF",
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const { node } = run;
      const { minor, isDocker } = frontendOf(facts.file);
      if (!isDocker || (minor !== undefined && minor < 4)) return;
      if (node.json || node.heredocs.length > 0 || node.flags.length > 0) return;
      const [, program, single, double, bare, file = ''] =
        writes.exec(node.plain.slice(node.body.from, node.body.to).trim()) ?? [];
      const text = readText(program, single ?? double ?? bare?.trimEnd() ?? '');
      if (!program || text === undefined || special.test(file)) return;
      report(run.at(node.keywordWord), 'write', { file }, (): Fix | undefined => {
        const stage = facts.stageOf(run);
        const isRoot = stage && runsAsRoot(facts.file, stage, run);
        if (!isRoot || /^EOF$/m.test(text)) return undefined;
        const newline = lineEnding(facts.file.text);
        const lines = [`<<'EOF' ${file}`, ...text.split('\n'), 'EOF'];
        const edit = replaceRun(facts, run, 'COPY', lines.join(newline));
        const behind = edit && behindHeredoc(facts.file.text, edit.span.end, newline);
        return behind && { title: 'Write it with COPY', safety: 'unsafe', edits: [edit, behind] };
      });
    },
  }),
});

/**
 * Ends the line of a terminator: BuildKit takes no blank behind it, and hadolint 2.15.1 no instruction below it without an
 * empty line between.
 */
function behindHeredoc(text: string, end: number, newline: string): Edit {
  const [line = '', blanks = ''] = /^([ \t]*)(?:\r?\n(?=[^\r\n]))?/.exec(text.slice(end)) ?? [];
  return { span: { start: end, end: end + blanks.length }, text: line === blanks ? '' : newline };
}

/** The lines that a command prints, without the last line ending; undefined where shells differ over them. */
function readText(program: string | undefined, text: string): string | undefined {
  if (program === 'echo') return text.includes('\\') ? undefined : text;
  const lines = text.replaceAll('\\n', '\n');
  return /[%\\]/.test(lines) || !lines.endsWith('\n') ? undefined : lines.slice(0, -1);
}
