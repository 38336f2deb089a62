// Names and texts that steer a terminal, a CI's log or the command line itself, and files that a fix must leave alone.
import { type HostileInput, harmlessDockerfile, repeated } from '../input.ts';

const named = (what: string, name: string, text = harmlessDockerfile): HostileInput => ({
  name: `a file ${what}`,
  files: () => ({ [name]: text }),
});
const saying = (what: string, text: string, finds: readonly string[] = []): HostileInput => ({
  name: `a Dockerfile ${what}`,
  files: () => ({ Dockerfile: text }),
  finds,
});
const configured = (what: string, text: string): HostileInput => ({
  name: `a .hadolint.yaml ${what}`,
  files: () => ({ '.hadolint.yaml': text }),
});

const controls = Array.from({ length: 0x20 }, (_, i) => String.fromCharCode(i)).join('');
const upper = Array.from({ length: 0x21 }, (_, i) => String.fromCharCode(0x7f + i)).join('');
const bidi = '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029';
const escaped = [...controls, ...upper, ...bidi]
  .map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  .join('');

export const inputs: readonly HostileInput[] = [
  named('whose name begins a workflow command', '::error file=x::hello.dockerfile'),
  named('whose name begins one behind a carriage return', '\r::error::hello.dockerfile'),
  named('whose name begins one behind a line end', 'a\n::add-mask::hello.dockerfile'),
  named('whose name holds a command of the old form', 'a ##[error]hello.dockerfile'),
  named(
    'whose name holds a command of Azure Pipelines',
    'a ##vso[task.complete result=Succeeded;].dockerfile',
  ),
  named('whose name ends the properties of a workflow command', 'a,line=1::hello%0A.dockerfile'),
  named('whose name clears the screen', '\x1b[2J\x1b[H.dockerfile'),
  named('whose name sets the title of the window', '\x1b]0;owned\x07.dockerfile'),
  named('whose name has an eight-bit CSI', '\x9b31m.dockerfile'),
  named('whose name reads from right to left', '\u202eelifrekcod.dockerfile'),
  named('whose name has separators of lines', 'a\u2028b\u2029c\u0085d.dockerfile'),
  named('whose name is all control characters', `${controls.slice(1).replaceAll('/', '')}.dockerfile`),
  named('whose name is markup', '"><script>&amp;]]>\'.dockerfile'),
  named('whose name is longer than a copy of it may be', `${'n'.repeat(244)}.dockerfile`),
  named('that is called like an option with a path', '--output=../owned/a.dockerfile'),
  named('that is called like short options', '-ofc.dockerfile'),
  named('in a folder that is called like an option', '--fix/--config=x/Dockerfile'),
  named('that is called like standard input', '-/-.dockerfile'),
  named('that is called like the end of options', '--/--.dockerfile'),
  named('that is called like a pattern', '[a]*{b,c}?.dockerfile'),
  named('that is called like a command of a shell', '$(touch owned)`touch owned`;.dockerfile'),
  named(
    'beside which something is called like ours while it is written',
    '.Dockerfile.0123456789ab.wheelhouse',
  ),

  saying('of all control characters', `FROM debian:12\n${controls}${upper}\nRUN cd /\n`),
  saying('that has them in each word', `FROM a${upper}:1\nRUN ${upper} | sudo ${bidi}\nMAINTAINER ${bidi}\n`),
  saying(
    'whose instructions are workflow commands',
    'FROM debian:12\n::error::x\n ::add-mask::x\n##[error]x\nRUN cd /\n',
  ),
  saying('that hides in carriage returns', 'FROM debian:12\r::error::x\rUSER root\rRUN sudo ls\n'),
  saying(
    'with an escape sequence of 100,000 characters',
    repeated('\x1b[31m', 100_000, 'FROM debian:12\nFOO '),
  ),
  saying(
    'with halves of pairs and characters that XML has not',
    'FROM debian:12\nFOO \ud800 \ufffe \uffff \0 \x0b\n',
  ),
  saying('that is a module of Python', 'from os import path\nMAINTAINER = 1\n'),
  saying(
    'without a FROM, in which there is much to fix',
    'MAINTAINER a\nRUN pip install b\nCMD python c.py\n',
  ),
  saying('whose FROM is in a heredoc alone', 'RUN <<EOF\nFROM debian:12\nEOF\nMAINTAINER a\n'),

  configured(
    'whose lists hold every control character',
    `ignored: ["${escaped}"]\ntrustedRegistries: ["${escaped}"]\n`,
  ),
  configured('whose keys are workflow commands', '"\\r::error::x": 1\n"\\n::error::y": 2\n"##[error]z": 3\n'),
  configured('whose key is a list with control characters', `? ["${escaped}"]\n: b\n`),
  configured('that is broken where it quotes them', 'a: [\x1b[2J\r::error::x\n'),
  configured('whose alias has such a name', 'a: *\x9b31m\n'),
  configured(
    'whose levels and formats are commands',
    'failure-threshold: "\\r::error::x"\nformat: "\\n::error::x"\n',
  ),

  {
    name: 'a Dockerfile that is a link out of the folder',
    files: () => ({ Dockerfile: { link: '../outside' } }),
    finds: [],
  },
  {
    name: 'a Dockerfile that is a link to a file of the system',
    files: () => ({ 'a.dockerfile': { link: '/etc/hostname' }, 'b.dockerfile': { link: '/dev/stdin' } }),
  },
  {
    name: 'links that lead through each other',
    files: () => ({
      'a.dockerfile': { link: 'b.dockerfile' },
      'b.dockerfile': { link: 'a.dockerfile' },
      'c.dockerfile': { link: 'Dockerfile' },
    }),
  },
];
