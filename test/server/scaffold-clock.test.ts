// The time of day in a container, as Add Container Files tells of it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lists } from './scaffold-forms.ts';
import { make } from './scaffold-world.ts';

const told = async (text: string) =>
  (await make({ ...lists('shoplib==1.0'), 'main.py': `${text}\nprint()\n` }, 'multi-stage'))?.assumes.filter(
    (line) => line.includes('UTC'),
  );

describe('a program that goes by the clock', () => {
  it('is said to have that of UTC', async () => {
    for (const text of [
      'schedule.every().day.at("09:00").do(f)',
      'schedule.every().monday.at("09:00").do(f)',
      'scheduler.add_job(f, "cron", hour=9)',
      'hour = datetime.now().hour',
      'now = datetime.now()\nif now.weekday() > 4:\n    f()',
      'day = date.today().isoweekday()',
      'h = time.localtime().tm_hour',
      'day = datetime.now().strftime("%A")',
      "t = int(time.strftime('%H%M', time.localtime(ts)))",
    ])
      assert.deepEqual(
        await told(text),
        [
          'Hours and days are those of UTC, unless TZ (such as TZ=Europe/Berlin) is given when the container is started, as main.py goes by the clock of its machine.',
        ],
        text,
      );
  });

  it('is not where it says a time zone, or the hour matters not', async () => {
    for (const text of [
      'now = datetime.now(tz)\nif now.hour > 4: f()',
      'import pytz\nhour = datetime.now().hour',
      'stamp = datetime.now().isoformat()',
      'start = datetime.now()\nprint(start.year)',
      'schedule.every(5).minutes.do(f)',
      'print(datetime.now().strftime("%d %B %Y, %H:%M"))',
      '# hour = datetime.now().hour',
    ])
      assert.deepEqual(await told(text), [], text);
  });
});
