// A browser that a program drives is one of the image, or the program is declined, as a container has no screen.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { first, lists } from './scaffold-forms.ts';
import { make, textOf } from './scaffold-world.ts';

const opened = (browser: string, ...lines: string[]) =>
  `from selenium import webdriver\noptions = webdriver.${browser}Options()\n${lines.join('\n')}\ndriver = webdriver.${browser}(options=options)\n`;
const unseen = "options.add_argument('--headless=new')";
const made = (text: string, ...names: string[]) =>
  make({ ...lists('selenium', ...names), 'main.py': text }, 'multi-stage');
const declined = (text: string) => first({ ...lists('selenium'), 'main.py': text }, 'multi-stage');

describe('a program that drives a browser', () => {
  it('has Chromium and its driver, where it opens no window', async () => {
    const one = await made(opened('Chrome', unseen));
    const [, final = ''] = textOf(one).split(/^FROM python:.*slim-bookworm$/m);
    assert.match(final, /apt-get install[^&]*\bchromium \\\n *chromium-driver\b/);
    assert.match(final, /SE_CHROMEDRIVER=\/usr\/bin\/chromedriver/);
    assert.match(
      final,
      /&& echo 'CHROMIUM_FLAGS="\$CHROMIUM_FLAGS --no-sandbox"' > \/etc\/chromium\.d\/container$/m,
    );
    assert.ok(final.indexOf('chromium.d') < final.indexOf('USER 10001'));
    assert.ok(one?.assumes.some((line) => line.startsWith('Chromium of Debian serves as the browser')));
    assert.ok(!one?.assumes.some((line) => line.includes('finds its browsers elsewhere')));
    assert.doesNotMatch(final, /google-chrome/);
    const found = `${opened('Chrome', unseen)}from webdriver_manager.chrome import ChromeDriverManager\n`;
    assert.match(
      textOf(await made(found, 'webdriver-manager')),
      /&& ln -s chromium \/usr\/bin\/google-chrome$/m,
    );
  });

  it('has Firefox', async () => {
    const one = await made(opened('Firefox', 'options.headless = True'));
    assert.match(textOf(one), /^ *firefox-esr \\$/m);
    assert.ok(one?.assumes.some((line) => line.includes('fetches geckodriver from GitHub')));
  });

  it('is declined where it opens a window, or needs a browser that Debian has not', async () => {
    for (const browser of ['Chrome', 'Firefox'])
      assert.match(
        await declined(opened(browser)),
        new RegExp(`^main\\.py opens a window of ${browser}, which needs a screen that a container has not`),
      );
    assert.match(await declined(opened('Edge', unseen)), /^main\.py drives Microsoft Edge/);
    assert.match(
      await declined('from selenium.webdriver import Chrome\nChrome().get("a")\n'),
      /^main\.py opens a window of Chrome/,
    );
  });

  it('is told to open none, where a module of it does', async () => {
    const own = { ...lists('selenium'), 'main.py': 'from fox import driver\n' };
    const of = async (...options: string[]) =>
      (await make({ ...own, 'fox.py': opened('Firefox', ...options) }, 'multi-stage'))?.assumes.join('\n') ??
      '';
    assert.match(await of(), /geckodriver.* fox\.py opens a window of it, which ends, .* --headless\.$/m);
    assert.doesNotMatch(await of(unseen), /opens a window/);
  });

  it('finds it elsewhere, or has a screen in memory', async () => {
    const remote = 'from selenium import webdriver\nwebdriver.Remote(command_executor=url)\n';
    const one = await made(remote);
    assert.doesNotMatch(textOf(one), /chromium/);
    assert.ok(one?.assumes.some((line) => line.startsWith('selenium finds its browsers elsewhere')));
    const shown = `from pyvirtualdisplay import Display\nDisplay().start()\n${opened('Chrome')}`;
    assert.match(textOf(await made(shown, 'pyvirtualdisplay')), /chromium-driver \\\n *xvfb\b/);
  });

  it('draws by one that Kaleido starts, since that brings none', async () => {
    const text = 'import plotly.graph_objects as go\ngo.Figure().write_image("a.png")\n';
    const of = async (...names: string[]) =>
      textOf(await make({ ...lists('pandas', ...names), 'main.py': text }, 'multi-stage'));
    assert.match(await of('plotly'), /^ *chromium \\$[\s\S]*--no-sandbox/m);
    assert.match(await of('plotly', 'kaleido'), /^ *chromium \\$/m);
    assert.doesNotMatch(await of('plotly==5.24.1', 'kaleido==0.2.1'), /chromium/);
    assert.doesNotMatch(await of('plotly==5.24.1'), /chromium/);
  });
});
