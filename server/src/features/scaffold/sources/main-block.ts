const head = /^if\s+__name__\s*==/;

/** What a program does where it is started itself, line by line, and what it does where it is imported as well. */
function parted(text: string): { readonly main: string[]; readonly rest: string[] } {
  const main: string[] = [];
  const rest: string[] = [];
  let isInside = false;
  for (const line of text.split('\n')) {
    if (head.test(line)) {
      isInside = true;
      const behind = line.replace(/^[^:]*:/, '').trim();
      if (behind !== '') main.push(`    ${behind}`);
    } else {
      if (/^[^\s#]/.test(line)) isInside = false;
      (isInside ? main : rest).push(line);
    }
  }
  return { main, rest };
}

/** What stands below `if __name__ == '__main__':`. */
export const mainOf = (text: string) => parted(text).main.join('\n');

/** What happens where a program is imported. */
export const withoutMain = (text: string) => parted(text).rest.join('\n');
