// Dockerfiles made up by a grammar that bends what a reader can get wrong: lines that go on in the middle of a word,
// heredocs in all their forms, quotes, escapes and expansions.
import { createRandom } from '../server/texts.ts';

export interface MadeText {
  readonly text: string;
  readonly escape: '\\' | '`';
}

/** @param seed the same texts come of the same one */
export function makeTexts(seed: number, count: number): MadeText[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => makeText(random));
}

function makeText(random: () => number): MadeText {
  const below = (limit: number) => Math.floor(random() * limit);
  const chance = (part: number) => random() < part;
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const many = (least: number, most: number, make: () => string) =>
    Array.from({ length: least + below(most - least + 1) }, make);

  const escape = chance(0.15) ? '`' : '\\';
  const newline = chance(0.15) ? '\r\n' : '\n';
  const blanks = () => pick([' ', ' ', ' ', '  ', '\t', ' \t']);

  const letters = () =>
    pick(['a', 'bc', 'x1', 'Def', '/usr', '/opt/x', '0', '80', '1.2', 'é', '-y', 'EOF', 'no']);
  const expansion = () =>
    pick([
      ...[
        '$V',
        '${V}',
        '${V:-d}',
        '${V-}',
        '${V:+a b}',
        '${V:?m}',
        '${V#a*}',
        '${V%%b}',
        '${V/a/b}',
        '${V//\\//x}',
      ],
      ...[
        '${V:-${W:-x}}',
        '${V:-"a b"}',
        '$1',
        '$',
        '$(id)',
        '`id`',
        '$((1<<2))',
        '$(( 1 << 2 ))',
        "${V#'a'}",
      ],
      ...['${#V}', '${V^^}', '${V:1:2}', '${V[@]}', '${', '${}'],
    ]);
  const quoted = () =>
    pick([
      ...[
        '"a b"',
        "'a b'",
        '""',
        "''",
        `"it's"`,
        `'say "x"'`,
        '"$V y"',
        `'$V'`,
        '"# no"',
        '"<<EOF"',
        "'<<E'",
      ],
      ...[`"a${escape}"b"`, `"a${escape}x"`, `'a${escape}'`, '"${V:-a b}"'],
    ]);
  const escaped = () =>
    pick([`${escape}x`, `${escape} `, `${escape}"`, `${escape}'`, `${escape}${escape}`, '\\n', `${escape}$`]);
  const open = () => pick(['"', "'", "it's"]);
  /** A word without what some instruction does not take. */
  const word = (): string =>
    many(1, 3, () => {
      const kind = random();
      return kind < 0.6 ? letters() : kind < 0.78 ? quoted() : kind < 0.88 ? expansion() : escaped();
    }).join('');
  const plainWord = () => many(1, 3, letters).join('');
  const value = () => many(0, 2, () => (chance(0.5) ? letters() : quoted())).join('');

  const heredocNames = ['EOF', 'E', 'end-of', 'A.txt', 'CONF'];
  /** A marker, and the line that ends the body where that is known. */
  const marker = (): [string, string] => {
    const name = pick(heredocNames);
    const dash = chance(0.25) ? '-' : '';
    const gap = chance(0.25) ? pick([' ', '  ', '\t']) : '';
    const number = chance(0.1) ? pick(['3', '0', '12']) : '';
    const at = 1 + below(name.length - 1 || 1);
    const [head, tail] = [name.slice(0, at), name.slice(at)];
    const [form, end] = pick<[string, string]>([
      [name, name],
      [name, name],
      [name, name],
      [`'${name}'`, name],
      [`"${name}"`, name],
      [`\\${name}`, name],
      [`${head}"${tail}"`, name],
      [`'${head}'${tail}`, name],
      [`"${name} b"`, `${name} b`],
      [`${name}\\ b`, `${name} b`],
      [`"\\"${name}"`, `"${name}`],
      [`$${name}`, `$${name}`],
      [`${name})`, `${name})`],
      [`${name};`, `${name};`],
      [`${name}|`, `${name}|`],
      [`${name}>x`, `${name}>x`],
      [`\${V:-${name}}`, name],
      ['""', name],
      [`<${name}`, name],
      [`${name}\`x\``, `${name}\`x\``],
    ]);
    return [`${number}<<${dash}${gap}${form}`, end];
  };

  const json = () =>
    `[${many(0, 3, () => pick(['"a"', '"b c"', '"\\\\n"', '"<<EOF"', '"$V"', '""'])).join(pick([',', ', ', ' , ']))}]`;
  const shellText = (): [string, string[]] => {
    const ends: string[] = [];
    const words = many(1, 5, () => {
      const kind = random();
      if (kind < 0.65) return word();
      if (kind < 0.8)
        return pick(['&&', '||', ';', '|', '>', '2>&1', '&&a', ';b', '<', '<<<', '#', '(', ')', 'a<<EOF']);
      if (kind < 0.84) return open();
      const [written, end] = marker();
      ends.push(end);
      return written;
    });
    return [words.join(blanks()), ends];
  };
  const flag = () =>
    pick([
      ...['--network=none', '--mount=type=cache,target=/x', '--mount=type="cache",target="/a b"', '--from=a'],
      ...[
        "--chown='1:1'",
        '--x',
        '--link',
        `--mount=a${escape} b`,
        `--p='a${escape}'b'`,
        '--',
        '--platform=$P',
      ],
    ]);
  const flags = () => (chance(0.4) ? `${many(1, 2, flag).join(blanks())}${blanks()}` : '');

  const instruction = (): [string, string[]] => {
    const keyword = pick([
      ...[
        'RUN',
        'RUN',
        'RUN',
        'RUN',
        'COPY',
        'COPY',
        'ADD',
        'ENV',
        'ENV',
        'LABEL',
        'ARG',
        'CMD',
        'ENTRYPOINT',
        'USER',
      ],
      ...[
        'WORKDIR',
        'EXPOSE',
        'VOLUME',
        'STOPSIGNAL',
        'HEALTHCHECK',
        'SHELL',
        'ONBUILD',
        'MAINTAINER',
        'FROM',
        'NOPE',
      ],
    ]);
    const cased = chance(0.1) ? keyword.toLowerCase() : keyword;
    const [rest, ends] = restOf(keyword);
    return [`${cased}${blanks()}${rest}`, ends];
  };
  const restOf = (keyword: string): [string, string[]] => {
    switch (keyword) {
      case 'RUN': {
        if (chance(0.1)) return [flags() + json(), []];
        const [text, ends] = shellText();
        return [flags() + text, ends];
      }
      case 'COPY':
      case 'ADD': {
        if (chance(0.15)) return [flags() + json(), []];
        const ends: string[] = [];
        const words = many(1, 3, () => {
          if (chance(0.6)) return word();
          const [written, end] = marker();
          ends.push(end);
          return written;
        });
        return [`${flags()}${words.join(blanks())} /x/`, ends];
      }
      case 'ENV':
      case 'LABEL':
        if (chance(0.15)) return [`${plainWord()} ${shellText()[0]}`, []];
        return [many(1, 3, () => `${plainWord()}=${value()}`).join(blanks()), []];
      case 'ARG':
        return [many(1, 2, () => `${plainWord()}${chance(0.7) ? `=${value()}` : ''}`).join(blanks()), []];
      case 'FROM':
        return [
          `${chance(0.3) ? '--platform=linux/amd64 ' : ''}${plainWord()}${chance(0.5) ? ' AS x' : ''}`,
          [],
        ];
      case 'EXPOSE':
      case 'USER':
      case 'WORKDIR':
      case 'STOPSIGNAL':
      case 'MAINTAINER':
        return [many(1, 2, word).join(blanks()), []];
      case 'HEALTHCHECK':
        return [
          chance(0.2)
            ? 'NONE'
            : `${chance(0.4) ? '--interval=3s ' : ''}CMD ${chance(0.5) ? json() : shellText()[0]}`,
          [],
        ];
      case 'SHELL':
        return [json(), []];
      case 'ONBUILD': {
        const inner = pick(['RUN', 'COPY', 'ENV', 'USER', 'CMD']);
        const [rest, ends] = restOf(inner);
        return [`${inner} ${rest}`, ends];
      }
      default:
        return [chance(0.4) ? flags() + json() : shellText()[0], []];
    }
  };

  /** What may stand between two parts of a line that goes on. */
  const bend = () => {
    const behind = chance(0.2) ? pick([' ', '\t', '  ']) : '';
    const between = many(0, chance(0.3) ? 2 : 0, () =>
      pick(['# why\n', '  # é\\\n', '#\n', '\n', '  \n', '\t\n', `${escape}\n`, `${escape} \n`]),
    );
    const indent = chance(0.4) ? pick(['  ', '\t', ' ', '    ']) : '';
    return `${escape}${behind}\n${between.join('')}${indent}`;
  };
  const bent = (line: string) => {
    if (chance(0.35)) return line;
    let result = line;
    for (let times = 1 + below(3); times > 0; times--) {
      const at = below(result.length + 1);
      result = result.slice(0, at) + bend() + result.slice(at);
    }
    return result;
  };
  const bodyLine = () =>
    pick([
      'x',
      '  y',
      '\tz',
      '',
      '# c',
      'FROM q',
      'RUN <<EOF',
      `a ${escape}`,
      ' EOF',
      'EOF ',
      '\t\tEOF',
      '"',
      "it's",
      'EO F',
    ]);
  const body = (end: string) => [...many(0, 3, bodyLine), (chance(0.2) ? '\t' : '') + end].join('\n');

  const pieces = ['FROM a'];
  for (let times = 1 + below(4); times > 0; times--) {
    if (chance(0.15)) pieces.push(pick(['', '# comment', '  ', '#']));
    const [line, ends] = instruction();
    pieces.push((chance(0.1) ? '  ' : '') + bent(line), ...ends.map(body));
  }
  if (chance(0.9)) pieces.push('');
  const text = (escape === '`' ? '# escape=`\n' : '') + pieces.join('\n');
  return { text: newline === '\n' ? text : text.replaceAll('\n', newline), escape };
}
