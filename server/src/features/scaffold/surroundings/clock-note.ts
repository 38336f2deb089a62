import type { ProjectFacts } from '../project.ts';
import { code, withoutComments } from '../sources/modules.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** What is done at an hour or on a day of the week (documentation of schedule, APScheduler, python-telegram-bot, discord.py and Celery). */
const planned =
  /\.every\(\d{0,3}\)\.\w+(?:\.to\(\d+\)\.\w+)?\.at\(|\bCronTrigger\(|\b(?:add_job|scheduled_job)\([^()\n]{0,120}["']cron["']|\bcrontab\(|\.run_(?:daily|monthly)\(|\btasks\.loop\([^()\n]{0,60}\btime\s*=/;
/** The time of the machine, and what is taken of it. */
const now = '\\b(?:datetime|date|dt|time)\\.(?:now|today|localtime)\\(\\)';
const whole = '["\']%[HAaw]:?(?:%M)?["\']';
const part = `\\.(?:hour\\b|weekday\\(\\)|isoweekday\\(\\)|time\\(\\)|tm_hour\\b|tm_wday\\b|strftime\\(\\s*${whole})`;
const partOfNow = new RegExp(`${now}${part}`);
/** `time.strftime("%H%M", time.localtime(ts))`, `strftime("%A")` of time. */
const ofLocal = new RegExp(`\\btime\\.strftime\\(\\s*${whole}`);
const named = new RegExp(`^[ \\t]*(?:self\\.)?(\\w+)[ \\t]*=[ \\t]*(?:datetime\\.)?${now}[ \\t]*$`, 'gm');
const partOfName = new RegExp(`\\b(\\w+)${part}`, 'g');
/** Some time zone is said. */
const zoned = /\b(?:tz|tzinfo|timezone|pytz|zoneinfo|ZoneInfo|tzlocal|gettz|utcnow|TZ)\b/;

/** That a container has another time of day than the machine of who wrote the program, in a sentence: the images of Python are at UTC. */
export function clockNote(facts: ProjectFacts, start: Start): string | undefined {
  const programs = programsOfStart(facts, start).map(({ path, text }) => ({
    path,
    text: withoutComments(code(text)),
  }));
  if (programs.some(({ text }) => zoned.test(text))) return undefined;
  const found = programs.find(({ text }) => planned.test(text) || goesByNow(text));
  return (
    found &&
    `Hours and days are those of UTC, unless TZ (such as TZ=Europe/Berlin) is given when the container is started, as ${found.path} goes by the clock of its machine.`
  );
}

/** `datetime.now().hour`, and `now = datetime.now()` with `now.weekday()` somewhere. */
function goesByNow(text: string): boolean {
  if (partOfNow.test(text) || ofLocal.test(text)) return true;
  const names = new Set([...text.matchAll(named)].map(([, name = '']) => name));
  return names.size > 0 && [...text.matchAll(partOfName)].some(([, name = '']) => names.has(name));
}
