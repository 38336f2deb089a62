import { type Device, deviceModules, terminalModules } from '../../../data/devices.ts';
import { listOf } from '../packages/dependencies.ts';
import { foldersAbove } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { enclosing } from '../sources/enclosing.ts';
import { withoutMain } from '../sources/main-block.ts';
import { fileOf } from '../sources/modules.ts';
import type { Program } from '../sources/program.ts';
import { runsMcp } from '../starts/last-starts.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** A program needs something of the machine that a container has not. */
interface Need {
  readonly path: string;
  readonly device: Device | 'a camera' | 'a microphone';
  /** What asks for it. */
  readonly by: string;
  /** A condition stands before it. */
  readonly isOptional: boolean;
}

/**
 * Calls that need it (documentation of OpenCV, "High-level GUI" and "VideoCapture", of SpeechRecognition, of SlangPy, of NiceGUI, "Native
 * Mode", and of Playwright, "BrowserType", headless).
 */
const calls: readonly (readonly [RegExp, Need['device'], string])[] = [
  [/\bcv2\.(?:imshow|namedWindow)\(/, 'a screen', 'cv2.imshow'],
  [/\bVideoCapture\([ \t]*\d+[ \t]*[,)]/, 'a camera', 'cv2.VideoCapture'],
  [/\.Microphone\(/, 'a microphone', 'Microphone'],
  [/\b(?:spy|slangpy)\.(?:App)?Window\(/, 'a screen', 'slangpy.Window'],
  [/\bImageGrab\.grab\(/, 'a screen', 'ImageGrab'],
  [/\bui\.run\([^()]*\bnative[ \t]*=[ \t]*True\b/, 'a screen', 'ui.run(native=True)'],
  [/^(?!\s*(?:async )?def\b).*\bheadless[ \t]*=[ \t]*False\b/, 'a screen', 'headless=False'],
  [/\bfrom gi\.repository import (?:\w+, ?){0,4}Gtk\b/, 'a screen', 'Gtk'],
];
/** Pygame draws into memory with it (SDL documentation, "FAQ: Using SDL"). */
const isHeadless = /SDL_VIDEODRIVER["'\])]*[ \t]*[,=][ \t]*["'](?:dummy|offscreen)/;

/** Why a program cannot run in a container, in a sentence. */
export function deviceFault(facts: ProjectFacts, start: Start): string | undefined {
  const need = needsOf(facts, start).find(({ isOptional }) => !isOptional);
  return (
    need &&
    `${need.path} needs ${need.device} (${need.by}), which a container has not: start it on the machine itself.`
  );
}

/** Why a program ends at once, in a sentence: it runs on a GPU alone, and the list takes the wheels for CPUs. */
export function cpuWheelFault(facts: ProjectFacts, start: Start): string | undefined {
  const build = facts.dependencies.asked.find(
    ({ name, exact }) => name === 'torch' && exact?.endsWith('+cpu'),
  );
  if (!build && !facts.gpu.isCpu) return undefined;
  const programs = programsOfStart(facts, start);
  const [first] = programs;
  if (!first || programs.some(({ text }) => asksForGpu.test(text))) return undefined;
  const line = first.text.split('\n').find((one) => takesGpu.test(one) || takesNumber.test(one));
  const by = line && (takesGpu.exec(line) ?? takesNumber.exec(line))?.[0];
  return by === undefined
    ? undefined
    : `${first.path} runs on a GPU alone (${by.trim()}), and ${listOf(facts.dependencies)} names ${build ? `torch ${build.exact}` : 'the index of PyTorch for CPUs'}, which has none of its code: name the build for CUDA, then add the files again.`;
}

/** What a program does that nobody sees or answers in a container, a line for each. */
export function deviceNotes(facts: ProjectFacts, start: Start): string[] {
  const programs = programsOfStart(facts, start);
  const optional = needsOf(facts, start).find((need) => need.isOptional);
  // What is imported does nothing of what it does when it is started itself.
  const isStarted = /^python3?$/.test(start.words[0] ?? '');
  const isServed = !isStarted && start.service !== undefined;
  const asking = programs.find(({ text }, at) =>
    // Of what a server imports only that is run at once which stands at the left margin.
    isServed ? asks(atMargin(text)) : asks(at === 0 && isStarted ? text : withoutMain(text)),
  );
  const piped = programs.find(
    ({ text }, at) =>
      (at === 0 && runsMcp(start)) ||
      /\bmcp\.run\(\s*\)|\bstdio_server\(|\btransport\s*=\s*["']stdio/.test(text),
  );
  const showing = programs.find(({ text }) => /\b(?:plt|pyplot)\.show\(/.test(text));
  const onGpu = programs.find(
    ({ text }) => takesGpu.test(text) || (loadsTorch(facts) && takesNumber.test(text)),
  );
  const counting = programs.find(({ text }) => /["']nvidia-smi\b/.test(text));
  // An own class of handlers is told nothing of a folder either.
  const serving = programs.find(
    ({ text }) =>
      /\bSimpleHTTPRequestHandler\b/.test(text) &&
      !/\bdirectory\s*=|\bchdir\(|\bdef translate_path\b/.test(text),
  );
  return [
    ...(optional
      ? [`The program is used without what needs ${optional.device} (${optional.by} in ${optional.path}).`]
      : []),
    ...(asking
      ? [`The container is started with -it, as ${asking.path} talks with a person in a terminal.`]
      : []),
    ...(piped
      ? [`The container is started with -i, as ${piped.path} talks with another program over its input.`]
      : []),
    ...(onGpu && !programs.some(({ text }) => asksForGpu.test(text))
      ? [
          `The container is started with --gpus all, as ${onGpu.path} runs on a GPU alone (${(takesGpu.exec(onGpu.text) ?? takesNumber.exec(onGpu.text))?.[0]}).`,
        ]
      : []),
    ...(!onGpu && counting !== undefined
      ? [
          `The container is started with --gpus all, as ${counting.path} asks nvidia-smi, which NVIDIA's runtime puts there.`,
        ]
      : []),
    ...(serving
      ? [
          `${serving.path} hands out the folder that it is started in, ${start.folder === undefined ? '/app' : `/app/${start.folder}`} with the programs and all that is mounted there: give it the folder that is meant (SimpleHTTPRequestHandler, directory=), or let nobody reach it from outside.`,
        ]
      : []),
    ...(showing && !/streamlit|gradio/.test(start.words.join(' '))
      ? [`Nobody sees what ${showing.path} draws with plt.show(), as a container has no screen.`]
      : []),
  ];
}

function needsOf(facts: ProjectFacts, start: Start): Need[] {
  const programs = programsOfStart(facts, start);
  const isDrawnInMemory = programs.some(({ text }) => isHeadless.test(text));
  return programs.flatMap((program, at) => [
    ...importedDevices(program, facts).filter(({ device }) => device !== 'a screen' || !isDrawnInMemory),
    ...calledDevices(program, at === 0),
  ]);
}

function importedDevices({ path, text }: Program, { tree }: ProjectFacts): Need[] {
  return neededModules(text).flatMap((by) => {
    const device = deviceModules.get(by);
    const isOwn = foldersAbove(path).some((folder) => fileOf(folder, by, tree) !== undefined);
    if (device === undefined || isOwn) return [];
    const opens = opensSound[by];
    if (opens === undefined) return [{ path, device, by, isOptional: false }];
    // Only a stream needs it.
    const lines = text.split('\n');
    const opened = lines.flatMap((line, at) => (opens.test(line) ? at : []));
    return opened.length === 0
      ? []
      : [{ path, device, by, isOptional: opened.every((at) => isBelowIf(lines, at)) }];
  });
}

/** Calls that open a sound card, of modules that do nothing without them (documentation of PyAudio and python-sounddevice). */
const opensSound: Readonly<Record<string, RegExp>> = {
  pyaudio:
    /\b(?:in|out)put *= *True|\.open\([^()]*(?:\bformat *=|\brate *=|\*\*)|^\s*(?:\w+ *= *)?\w+\.open\($/,
  sounddevice: /\b(?:sd|sounddevice)\.(?:play|rec|playrec|wait|\w*Stream)\(/,
};

/** Whether a line stands below any condition but that of a main block. */
const isBelowIf = (lines: readonly string[], at: number): boolean =>
  enclosing(lines, at).some((line) => /^\s*(?:if|elif|else)\b(?!.*__name__)/.test(line));

function calledDevices({ path, text }: Program, isFirst: boolean): Need[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const isRead = !line.trimStart().startsWith('#');
    const found =
      calls.find(([pattern]) => isRead && pattern.test(line)) ??
      (isRead && opensNumber(line, lines) ? camera : undefined);
    if (!found) return [];
    const [, device, by] = found;
    return [{ path, device, by, isOptional: !isFirst || isConditional(lines, at) }];
  });
}

const camera = [/VideoCapture/, 'a camera', 'cv2.VideoCapture'] as const;

/** `VideoCapture(source)` where the file says `source = 0` and nothing else of that name. */
function opensNumber(line: string, lines: readonly string[]): boolean {
  const name = /\bVideoCapture\([ \t]*([A-Za-z_]\w*)[ \t]*[,)]/.exec(line)?.[1];
  if (name === undefined) return false;
  const said = lines.flatMap((one) => {
    const [before = '', value] = one.split('#', 1)[0]?.split('=', 2) ?? [];
    return before.trim() === name && value !== undefined ? value.trim() : [];
  });
  return said.length > 0 && said.every((value) => /^\d+$/.test(value));
}

/** Whether a line is read only where a person chose it. */
const isConditional = (lines: readonly string[], at: number): boolean =>
  enclosing(lines, at).some((line) =>
    /^\s*(?:if|elif)\b.*(?:show|view|vis|disp|gui|window|debug|arg|opt|cfg|config|button|webcam)/i.test(line),
  );

const atMargin = (text: string) =>
  text
    .split('\n')
    .filter((line) => /^\S/.test(line))
    .join('\n');

/** What is imported at the left margin, by its first name. */
const neededModules = (text: string): string[] =>
  text.split('\n').flatMap((line) => {
    const [, rest = ''] = /^(?:import|from)[ \t]+(.*)/.exec(line) ?? [];
    const names = line.startsWith('from') ? [rest] : rest.split(',');
    return names.flatMap((name) => /^[A-Za-z_]\w*/.exec(name.trim())?.[0] ?? []);
  });

/** Where a program asks for a GPU without another way (PyTorch documentation, "CUDA semantics"). */
const takesGpu =
  /\.cuda\(\)|\.to\(\s*["']cuda(?::\d)?["']\)?|\btorch\.device\(\s*["']cuda(?::\d)?["']\s*\)|\bdevice\s*=\s*["']cuda(?::\d)?["']/;
/** The first GPU by its number (Ultralytics documentation, "Train"; Transformers, "Pipelines"). */
const takesNumber = /\bdevice *= *(?:0|\[0\]|["']0["'])(?=[ ,)\]]|$)/;
const asksForGpu = /\bis_available\(\)|\bmps\b|["']cpu["']|\bdevice_count\(/;

const loadsTorch = ({ packages }: ProjectFacts) =>
  ['torch', 'ultralytics', 'transformers'].some((name) => packages.has(name));

const question =
  /(?:(?:^|[^.\w])(?:raw_)?input|\bconsole\.input|(?:click|typer|(?:Int|Float)?Prompt|Confirm)\.(?:prompt|confirm|ask|pause|getchar)|getpass|pwinput)\(|\bsys\.stdin\.(?:readline\(|isatty\()/;
/** `def input(…)` is no call. */
const isDefined = /^\s*(?:async )?def\b/;
const asks = (text: string) =>
  text.split('\n').some((line) => !isDefined.test(line) && question.test(line.split('#', 1)[0] ?? '')) ||
  neededModules(text).some((module) => terminalModules.has(module));
