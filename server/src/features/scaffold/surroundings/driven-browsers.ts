import { leavesIn } from '../packages/wheels-for-pythons.ts';
import type { DrivenBrowser, ImageFacts, ProjectFacts } from '../project.ts';
import type { Program } from '../sources/program.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Where a program starts a browser of the machine (Selenium documentation, "WebDriver"; undetected-chromedriver; html2image). */
const starts =
  /(?:\bwebdriver\.|\buc\.|(?:^|[^\w.]))(Chrome|Firefox|Edge)\(|\b(ChromiumEdge|Html2Image|write_image|to_image)\(/;
/** It is told to open no window, or has a screen that is none. */
const isUnseen = /--headless|-headless\b|\bheadless2? *= *(?!False\b)\w|pyvirtualdisplay|xvfbwrapper/;
/** Their drivers are looked for at another place. */
const isElsewhere = /\bwebdriver\.Remote\(|\bcommand_executor\b/;
/** What looks for Google Chrome by its name. */
const looksForChrome = /google-chrome|webdriver_manager|undetected_chromedriver|chromedriver_autoinstaller/;

const ofSelenium = /\bselenium\b|undetected_chromedriver|\bsplinter\b|\bhelium\b/;

/** Why a program cannot start its browser in a container, in a sentence. */
export function browserFault(facts: ProjectFacts, start: Start): string | undefined {
  const programs = programsOfStart(facts, start);
  if (programs.some(({ text }) => isElsewhere.test(text))) return undefined;
  const [program] = programs;
  const name = program && browserIn(program);
  if (!program || name === undefined) return undefined;
  if (name === 'Edge')
    return `${program.path} drives Microsoft Edge, which Debian does not have: take Chrome, then add the files again.`;
  if (programs.some(({ text }) => isUnseen.test(text))) return undefined;
  return `${program.path} opens a window of ${name}, which needs a screen that a container has not: give its options the argument --headless, then add the files again, or start it on the machine itself.`;
}

/** The browser that a program drives by Selenium. */
function browserIn({ text }: Program): string | undefined {
  if (!ofSelenium.test(text)) return undefined;
  const [, name, edge] = starts.exec(text) ?? [];
  return edge === 'ChromiumEdge' ? 'Edge' : name;
}

/** What a program needs of the system to drive a browser, in an image of Debian 12. */
export function drivenBrowser(facts: ImageFacts, start: Start): DrivenBrowser | undefined {
  const programs = programsOfStart(facts, start);
  const texts = programs.map(({ text }) => text);
  if (texts.some((text) => isElsewhere.test(text))) return undefined;
  const driving = programs.find((program) => browserIn(program) !== undefined);
  const names = new Set(programs.flatMap((program) => browserIn(program) ?? []));
  // The start itself is declined.
  const opens =
    driving && !texts.some((text) => isUnseen.test(text))
      ? ` ${driving.path} opens a window of it, which ends, as a container has no screen: give its options the argument --headless.`
      : '';
  const isDrawn = drawsWithChrome(facts) && texts.some((text) => starts.test(text));
  const more = texts.some((text) => /pyvirtualdisplay|xvfbwrapper/.test(text)) ? ['xvfb'] : [];
  if (names.has('Chrome') || isDrawn) {
    const isByName = texts.some((text) => looksForChrome.test(text));
    const driver = names.has('Chrome') ? ['chromium-driver'] : [];
    return {
      packages: ['chromium', ...driver, ...more],
      // Selenium asks its manager for one of its own otherwise (Selenium documentation, "Selenium Manager").
      variables: driver.length > 0 ? { SE_CHROMEDRIVER: '/usr/bin/chromedriver' } : {},
      commands: [
        // Debian's command reads its flags there (chromium 156, /usr/bin/chromium).
        `echo 'CHROMIUM_FLAGS="$CHROMIUM_FLAGS --no-sandbox"' > /etc/chromium.d/container`,
        ...(isByName ? ['ln -s chromium /usr/bin/google-chrome'] : []),
      ],
      note: `Chromium of Debian serves as the browser of the program, without its sandbox, which no user can make in a container${isByName ? '; a driver that the program fetches by itself must go with it' : ''}.${opens}`,
    };
  }
  // Debian has no geckodriver; its package has /usr/bin/firefox (firefox-esr 153.8).
  return names.has('Firefox')
    ? {
        packages: ['firefox-esr', ...more],
        variables: {},
        commands: [],
        note: `Firefox ESR of Debian serves as the browser of the program, which fetches geckodriver from GitHub when it first starts, as Debian does not have that.${opens}`,
      }
    : undefined;
}

/** Whether what draws is a Kaleido that needs a browser, as it does since 1.0 of June 2025 (Kaleido, "README"), or html2image. */
const drawsWithChrome = ({ direct, dependencies, limit }: ImageFacts): boolean => {
  const all = [...dependencies.asked, ...(dependencies.held ?? [])];
  const kaleido = all.filter(({ name }) => name === 'kaleido');
  const isNew = kaleido.length > 0 && kaleido.every((one) => leavesIn('1.0', one));
  return direct.has('html2image') || (isNew && (limit === null || limit.date >= '2025-07'));
};
