/** A file of settings with its text. */
interface Settings {
  readonly path: string;
  readonly text: string;
}

/** So many hosts stand in a line. */
const most = 3;
const usual = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])$/;

/**
 * What the settings of a project of Django let a container do, as far as they are written out, a line for each (Django documentation,
 * "Settings", and "Managing static files").
 * @param programs all that is read besides, such as the addresses of pages
 */
export function settingsNotes(settings: readonly Settings[], programs: string, server: string): string[] {
  const all = settings.map(({ text }) => text).join('\n');
  const debug = /^DEBUG[ \t]*=[ \t]*(True|False)\b/m.exec(all)?.[1];
  const isOnce = all.split(/^[ \t]*DEBUG[ \t]*=/m).length === 2;
  const by = (name: string) => settings.find(({ text }) => text.includes(name))?.path ?? 'the settings';
  const servesStatic =
    /\bstaticfiles_urlpatterns\(|\bstatic\(\s*settings\.STATIC_URL|whitenoise|\bstorages\b|dj_static/i;
  return [
    debug === 'True' && isOnce
      ? `${by('DEBUG')} has DEBUG = True, with which visitors see code and settings when a page fails.`
      : undefined,
    isWhole(settings) ? hostsNote(all, debug === 'False', by('ALLOWED_HOSTS')) : undefined,
    /^SECURE_SSL_REDIRECT[ \t]*=[ \t]*True\b/m.test(all)
      ? `A proxy with TLS stands before the container, as ${by('SECURE_SSL_REDIRECT')} sends every request over HTTP there (SECURE_SSL_REDIRECT).`
      : undefined,
    /\bdjango\.contrib\.staticfiles\b/.test(all) &&
    !servesStatic.test(`${all}\n${programs}`) &&
    server !== 'python'
      ? `Another server has the static files, the site's own styles as those of the admin, or WhiteNoise is added to the settings: ${server} serves none.`
      : undefined,
  ].filter((line) => line !== undefined);
}

/** No file that is not there sets what it likes: `from .local import *`. */
const isWhole = (settings: readonly Settings[]) =>
  settings.every(({ text }) =>
    [...text.matchAll(/^[ \t]*from[ \t]+\.?([\w.]+)[ \t]+import[ \t]*\*/gm)].every(([, module = '']) =>
      settings.some(({ path }) =>
        path.replace(/(?:\/__init__)?\.py$/, '').endsWith(module.replaceAll('.', '/')),
      ),
    ),
  );

function hostsNote(all: string, isClosed: boolean, path: string): string | undefined {
  const said = all.split(/^[ \t]*ALLOWED_HOSTS *=/m).slice(1);
  const [value = '', behind = ''] = said[0]?.split(']') ?? [];
  // Of several, of what is not written out or of what more is done with nothing is known.
  const isAlone = said.length === 1 && all.split(/\bALLOWED_HOSTS\b/).length === 2;
  if (
    !isAlone ||
    !/^\s*\[/.test(value) ||
    /[(]/.test(value) ||
    !/^\s*(?:$|\n|#)/.test(behind.split('\n', 1)[0] ?? '')
  )
    return undefined;
  const hosts = [...value.matchAll(/["']([^"']+)["']/g)].map(([, host = '']) => host);
  if (hosts.includes('*')) return undefined;
  if (hosts.length === 0)
    return isClosed
      ? `ALLOWED_HOSTS of ${path} gets the names of the hosts of the site, as it is empty and the site answers nobody then.`
      : `The site is looked at as localhost, as ALLOWED_HOSTS of ${path} is empty.`;
  const few = hosts.slice(0, most).join(', ');
  return hosts.some((host) => usual.test(host))
    ? `The site is looked at as ${few}, as ALLOWED_HOSTS of ${path} names no other host.`
    : `The site is looked at as ${few} and not as localhost, as ALLOWED_HOSTS of ${path} names no other host.`;
}
