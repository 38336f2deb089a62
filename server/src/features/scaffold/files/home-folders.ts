import type { Program } from '../sources/program.ts';

/** Folders that systems with a desktop make in a home, and no image has (xdg-user-dirs; Apple, "File System Basics"; Windows, "Known Folders"). */
const folders =
  /^(?:Desktop|Documents|Downloads|Library|Pictures|Music|Videos|Movies|AppData|OneDrive|Dropbox)(?:\/|$)/;
/** In one text, as `~/Desktop/a.csv`. */
const whole = /["']~[\\/]{1,2}([A-Z][A-Za-z]{0,20}(?:[\\/][^"'\n]{0,120})?)["']/g;
/** Behind what asks where the home is: `Path.home() / "Desktop" / "a.csv"`, `join(expanduser("~"), "Desktop")`. */
const behind =
  /(?:\.home\(\)|\bexpanduser\(["']~["']\)|\bPath\(["']~["']\)\.expanduser\(\)|\b(?:environ\[|getenv\(|environ\.get\()["'](?:HOME|USERPROFILE)["'][\])])\)?[ ,/+]{1,4}r?["'][\\/]{0,2}([A-Z][A-Za-z]{0,20}(?:[\\/][^"'\n]{0,120})?)["']((?:[ ,/]{1,4}["'][\w ./-]{1,60}["']){0,8})/g;

/** What programs look for in the home of a person, a line for each: that of a container holds the project alone. */
export function homeNotes(programs: readonly Program[]): string[] {
  return programs.flatMap(({ path: by, text }) =>
    [...text.matchAll(whole), ...text.matchAll(behind)].flatMap(([, first = '', rest = '']) => {
      const parts = [first, ...[...rest.matchAll(/["']([^"'\n]+)["']/g)].map(([, part = '']) => part)];
      const path = parts
        .join('/')
        .replace(/[\\/]{1,4}/g, '/')
        .replace(/\/$/, '');
      return folders.test(path)
        ? [
            `~/${path}, which ${by} names, is /app/${path} in a container: it is mounted there where user 10001 may write, as nothing lies there.`,
          ]
        : [];
    }),
  );
}
