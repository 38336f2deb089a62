import type { FileFacts } from '../../facts/file-facts.ts';
import type { SourceTexts } from '../../project/source-texts.ts';

/** Those of a project's own texts that are programs, but for those that developers alone run. */
export const programsOf = (sources: SourceTexts | undefined): SourceTexts =>
  new Map([...(sources ?? [])].filter(([path]) => isProgram(path) && !forDevelopers.test(path)));

const isProgram = (path: string) => /\.(?:py|sh|bash)$|entrypoint$/i.test(path);
const forDevelopers =
  /(?:^|\/)(?:tests?|docs?|examples?|notebooks?|benchmarks?|\.github|\.devcontainer)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest|noxfile|setup)\.py$/i;

/**
 * The project's own programs that run in the image: those that an instruction names, by file or module, and what these
 * import or call in turn. All of them where none is named, as something else chooses then.
 */
export function runningPrograms(facts: FileFacts, sources: SourceTexts | undefined): SourceTexts {
  const programs = programsOf(sources);
  const named = namesOf(
    facts.file.instructions.flatMap(({ node }) => (runs.test(node.keyword) ? node.text : [])),
  );
  for (const [path, text] of sources ?? []) {
    if (!manifest.test(path)) continue;
    // `bikes = "bikes.cli:main"`
    const words = text.split(/[\s"'=,[\](){}]+/);
    words.forEach((word, i) => {
      const [module = '', name] = word.split(':');
      if (name && named.has(words[i - 1] ?? '')) for (const part of module.split('.')) named.add(part);
    });
  }
  const running = new Map<string, string>();
  for (let before = -1; before < running.size; ) {
    before = running.size;
    for (const [path, text] of programs) {
      if (running.has(path) || !named.has(nameOf(path))) continue;
      running.set(path, text);
      for (const name of namesOf([path.endsWith('.py') ? importsOf(text) : text])) named.add(name);
    }
  }
  return running.size > 0 ? running : programs;
}

const runs = /^(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK)$/;
const manifest = /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg))$/;
/** The words of texts, each part of a dotted one for itself, and files without their ending. */
const namesOf = (texts: readonly string[]) => new Set(texts.flatMap((text) => text.match(/[\w-]+/g) ?? []));

const importsOf = (text: string) => (text.match(imports) ?? []).join('\n');
/** Also by a name in quotes, as Django its settings. */
const imports =
  /^[ \t]*(?:from|import)[ \t].*|(?:\bDJANGO_SETTINGS_MODULE["'], *|\bimport_module\(|\buvicorn\.run\(\s{0,20})["'][\w.:]+["']/gm;

/** What a program is called by: its name without ending, for `__main__.py` and `__init__.py` that of the folder. */
function nameOf(path: string): string {
  const [file = '', folder = ''] = path.split('/').reverse();
  const [name = ''] = file.split('.');
  return /^__(?:main|init)__$/.test(name) ? folder : name;
}
