// What programs load and open by names that they make, for Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { first, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, textOf } from './scaffold-world.ts';

describe('modules that a program loads by their names', () => {
  const bot = (load: string): Files => ({
    ...lists('discord.py==2.4.0'),
    'bot.py': `import discord\nfrom discord.ext import commands\n\nbot = commands.Bot("!")\n\n\nasync def setup():\n    for name in ["x"]:\n        ${load}\n\n\nbot.run("")\n`,
    'cogs/music.py': 'import yt_dlp\n',
    'cogs/ping.py': 'import discord\n',
    'other/tunes.py': 'import yt_dlp\n',
  });
  const unlisted = /cogs\/music\.py imports yt_dlp/;

  it('are read as those that it imports', async () => {
    for (const load of [
      'await bot.load_extension(f"cogs.{name}")',
      'await bot.load_extension("cogs.music")',
      "importlib.import_module(f'cogs.{name[:-3]}')",
    ])
      assert.match(await first(bot(load), 'multi-stage'), unlisted, load);
    for (const load of [
      'await bot.load_extension("cogs.ping")',
      'print(f"cogs.{name}")',
      'await bot.load_extension(f"gone.{name}")',
    ])
      assert.match(await first(bot(load), 'multi-stage'), /^ENTRYPOINT/m, load);
  });
});

describe('a camera', () => {
  const opened = (text: string) =>
    first(
      {
        ...lists('opencv-python-headless==4.10.0.84'),
        'main.py': `import cv2\n\n\ndef run(path):\n    ${text}\n\n\nif __name__ == "__main__":\n    run("")\n`,
      },
      'multi-stage',
    );

  it('is known by the number that a name stands for', async () => {
    assert.match(await opened('video = 0\n    cap = cv2.VideoCapture(video, cv2.CAP_V4L)'), /needs a camera/);
    for (const text of [
      'video = 0\n    video = path\n    cap = cv2.VideoCapture(video)',
      'cap = cv2.VideoCapture(path)',
      'video = 0\n    # cap = cv2.VideoCapture(video)',
    ])
      assert.match(await opened(text), /^ENTRYPOINT/m, text);
  });
});

describe('OpenTelemetry with Chroma', () => {
  const install = async (...lines: string[]) =>
    first({ ...lists(...lines), 'main.py': 'print(1)\n' }, 'multi-stage');
  const held = /'opentelemetry-proto>=1\.20'/;

  it('is held where nothing else bounds it', async () => {
    for (const lines of [
      ['streamlit==1.45.1', 'chromadb==0.5.23'],
      ['chromadb', 'google-generativeai'],
      ['chromadb>=0.4'],
      ['onnxruntime', 'langchain-chroma'],
    ])
      assert.match(await install(...lines), held, lines.join(' '));
    for (const lines of [
      ['chromadb', 'google-generativeai', 'opentelemetry-proto==1.27.0'],
      ['chromadb', 'opentelemetry-sdk==1.15.0'],
      ['chromadb==0.4.14', 'streamlit'],
      ['langchain'],
    ])
      assert.doesNotMatch(await install(...lines), held, lines.join(' '));
  });

  it('is left alone up to a day on which there is none such', async () => {
    const upTo = async (releases: string) => {
      const files = {
        '.python-version': '3.11\n',
        'requirements.txt': 'streamlit==1.20.0\nchromadb\n',
        'main.py': 'print(1)\n',
      };
      return textOf(
        (await scaffold(await know(files), { kind: 'multi-stage', answers: { releases } })) ?? undefined,
      );
    };
    assert.match(await upTo('2023-12-31'), held);
    assert.doesNotMatch(await upTo('2023-03-31'), held);
  });
});
