import { placeInRest } from '../syntax/joins.ts';
import { instructionKeywords } from '../syntax/parse-instruction.ts';
import type { InstructionNode } from '../syntax/tree.ts';
import type { LocalSpan } from '../text/span.ts';
import { hadolintReadsMount } from './hadolint-mounts.ts';

// What hadolint 2.15.1 can read, told from what the program says of some thousand small texts (2026-11): its parser asks for
// less than Docker's in most places, and for more in some.

/** Where hadolint cannot read on in an instruction; undefined where it reads all of it. */
export function unreadable(node: InstructionNode, escape: string): LocalSpan | undefined {
  const { keyword, keywordWord, plain, body, text, joins } = node;
  const end = plain.trimEnd().length;
  const whole = { from: keywordWord.from, to: Math.max(keywordWord.to, Math.min(end, body.to)) };
  if (keyword === 'UNKNOWN') return keywordWord;
  if (keyword === 'ONBUILD' && node.trigger) {
    return /^#/.test(node.trigger.keywordWord.raw) ? undefined : unreadable(node.trigger, escape);
  }
  const rest = plain.slice(keywordWord.to).trim();
  if (rest === '') return keywordWord;
  // A line of blanks ends an instruction, where one without does not.
  const blank = node.emptyLines
    .map(({ start, end }) => ({ from: placeInRest(joins, start), to: placeInRest(joins, end) }))
    .find(({ from, to }) => /^[ \t]/.test(text.slice(from, to)));
  const next = blank && /\S+/.exec(text.slice(blank.to, blank.to + 500))?.[0].toUpperCase();
  const goesOn = next === undefined || next.startsWith('#') || instructionKeywords.has(next);
  if (blank && !goesOn) return blank;
  if (rest.endsWith(escape + escape)) return whole;
  return readsHeredocs(node) && reads(keyword, rest, escape) ? undefined : whole;
}

function reads(keyword: InstructionNode['keyword'], rest: string, escape: string): boolean {
  switch (keyword) {
    case 'FROM':
      return readsFrom(rest);
    case 'COPY':
    case 'ADD':
      return readsCopy(keyword, rest);
    case 'RUN':
      return readsRun(rest);
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return readsCommand(rest);
    case 'EXPOSE':
      return rest.split(/\s+/).every((word) => port.test(word));
    case 'ENV':
    case 'LABEL':
      return readsPairs(rest, escape);
    case 'HEALTHCHECK':
      return readsHealthcheck(rest);
    default:
      return true;
  }
}

/** A variable takes what stands behind it, a protocol too. */
const port = /^(?:\d+|\$[^\s$-]+)(?:-(?:\d+|\$[^\s$-]+))?(?:\/(?:tcp|udp))?$/i;

function readsFrom(text: string): boolean {
  const words = text.split(/\s+/);
  if (/^--platform=\S/.test(text)) words.shift();
  const image = words.shift() ?? '';
  if (words[0]?.toLowerCase() === 'as' && /^[^#]+$/.test(words[1] ?? '')) words.splice(0, 2);
  return readsImage(image) && (words.length === 0 || words[0]?.startsWith('#') === true);
}

/** A name, a tag and a digest, each once. Only a first part with a dot is a host, which may have a port. */
function readsImage(word: string): boolean {
  const plain = word.replace(/\$\{[^{}]*\}/g, '_');
  const slash = plain.indexOf('/');
  const hasHost = slash > 0 && /^[^:@]*\./.test(plain.slice(0, slash));
  const name = hasHost ? plain.slice(slash + 1) : plain;
  return !/^(?:--|#)/.test(word) && /^[^:@]+(?::[^:@]+)?(?:@[^@]+)?$/.test(name);
}

const jsonStart = /^\[\s*(?:"(?:[^"\\]|\\.)*"\s*(?:,\s*"(?:[^"\\]|\\.)*"\s*)*)?\]/s;

/** What begins with an array must end with it. */
function readsCommand(text: string): boolean {
  const json = jsonStart.exec(text)?.[0];
  return text !== '' && (json === undefined || json.length === text.length);
}

const copyFlags = {
  COPY: { values: ['from', 'chown', 'chmod', 'exclude'], switches: ['link', 'parents'] },
  ADD: { values: ['checksum', 'chown', 'chmod', 'exclude'], switches: ['link', 'keep-git-dir', 'unpack'] },
};
const flagWord = /^--([\w-]*)(=\S*)?(?=\s|$)\s*/;

function readsCopy(keyword: 'COPY' | 'ADD', text: string): boolean {
  const { values, switches } = copyFlags[keyword];
  const seen = new Set<string>();
  let rest = text;
  for (let flag = flagWord.exec(rest); flag; flag = flagWord.exec(rest)) {
    const [whole, name = '', value] = flag;
    const isSwitch = switches.includes(name);
    const isFlag = isSwitch ? /^(?:=true|=false|)$/.test(value ?? '') : value !== undefined && name !== '';
    // The first word that is none begins the paths, which ADD lets begin with dashes only by a switch.
    if (!isFlag) {
      const isPath = keyword === 'COPY' ? !/(?:^|\s)<</.test(rest) : isSwitch;
      return isPath && !(isSwitch && seen.has(name)) && countWords(rest) >= 2;
    }
    if (!isSwitch && (value === '=' || !values.includes(name))) return false;
    if (name !== 'exclude' && seen.has(name)) return false;
    seen.add(name);
    rest = rest.slice(whole.length);
  }
  if (rest.startsWith('<<')) return true;
  const json = jsonStart.exec(rest)?.[0];
  if (json === undefined) return countWords(rest) >= 2;
  const quotes = json.replace(/\\./gs, '').split('"').length - 1;
  return json.length === rest.length && quotes >= 4;
}

const countWords = (text: string) => (text === '' ? 0 : text.split(/\s+/).length);

function readsRun(text: string): boolean {
  let rest = text;
  for (;;) {
    const flag = /^--(mount|network|security)=(\S*)\s*/.exec(rest);
    if (!flag) return readsCommand(rest);
    const [whole, name, value = ''] = flag;
    const isRead =
      name === 'mount'
        ? hadolintReadsMount(value)
        : (name === 'network' ? /^(?:none|host|default)$/ : /^(?:insecure|sandbox)$/).test(value);
    if (!isRead) return false;
    rest = rest.slice(whole.length);
  }
}

function readsHealthcheck(text: string): boolean {
  if (text === 'NONE') return true;
  const seen = new Set<string>();
  let rest = text;
  for (;;) {
    const flag = /^--([\w-]*)=(\S*)\s+/.exec(rest);
    if (!flag) break;
    const [whole, name = '', value = ''] = flag;
    const isTime = /^(?:interval|timeout|start-period|start-interval)$/.test(name);
    if (seen.has(name) || (!isTime && name !== 'retries')) return false;
    if (!(isTime ? /^\d+(?:\.\d+)?(?:e\d+)?[smh]$/ : /^\d+$/).test(value)) return false;
    seen.add(name);
    rest = rest.slice(whole.length);
  }
  const command = /^cmd\s+/i.exec(rest)?.[0];
  return command !== undefined && readsCommand(rest.slice(command.length));
}

// The parts of a pair, by the sign that escapes a blank and a quote.
const backslashKey = /(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\\\s|[^\s="'])*/sy;
const backslashValue = /(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\\\s|[^\s"'])*/sy;
const tickKey = /(?:"(?:[^"`]|`.)*"|'(?:[^'`]|`.)*'|`\s|[^\s="'])*/sy;
const tickValue = /(?:"(?:[^"`]|`.)*"|'(?:[^'`]|`.)*'|`\s|[^\s"'])*/sy;

/** `key=value` one after the other; a key with a blank behind it takes all that follows. */
function readsPairs(text: string, escape: string): boolean {
  const isTick = escape === '`';
  const key = isTick ? tickKey : backslashKey;
  const value = isTick ? tickValue : backslashValue;
  let at = 0;
  while (at < text.length) {
    key.lastIndex = at;
    key.exec(text);
    at = key.lastIndex;
    if (text[at] !== '=') return /\s/.test(text[at] ?? '');
    value.lastIndex = at + 1;
    value.exec(text);
    at = value.lastIndex;
    if (at < text.length && !/\s/.test(text[at] as string)) return false;
    while (/\s/.test(text[at] ?? '')) at++;
  }
  return true;
}

function readsHeredocs({ keyword, heredocs, text, body }: InstructionNode): boolean {
  const [first] = heredocs;
  if (!first) return true;
  if (keyword === 'ADD' || (keyword !== 'COPY' && heredocs.length > 1)) return false;
  if (keyword === 'COPY' && first.from !== body.from) return false;
  return heredocs.every(({ from, to, terminated, body: lines }) => {
    const isPlain = /^<<-?(?:"[^"\s]+"|'[^'\s]+'|[^\s"'\\]+)$/.test(text.slice(from, to));
    return terminated && isPlain && text[lines.to] !== '\t';
  });
}
