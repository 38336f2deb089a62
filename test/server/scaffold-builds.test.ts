// What a build of the project or of what it lists asks for: indexes of builds of PyTorch, build backends, libraries of the system.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, first, has, lists, project } from './scaffold-forms.ts';

const of = (...lines: string[]) => ({ ...lists('fastapi', 'uvicorn', ...lines), 'main.py': app });

it('are installed from the index that has them', async () => {
  await has(
    of('torch==2.3.1+cpu', 'torchvision==0.18.1+cpu'),
    /uv pip install --index-strategy unsafe-best-match --extra-index-url https:\/\/download\.pytorch\.org\/whl\/cpu -r requirements\.txt/,
  );
  await has(of('torch==2.3.1+cu121'), /--extra-index-url https:\/\/download\.pytorch\.org\/whl\/cu121 -r/);
  await has(
    of('--extra-index-url https://download.pytorch.org/whl/cpu', 'torch==2.3.1+cpu'),
    /uv pip install --index-strategy unsafe-best-match -r/,
  );
});

it('are refused where no index has all of them', async () => {
  await has(of('torch==2.3.1+cpu', 'torchvision==0.18.1+cu121'), /^PyPI has no torch==2\.3\.1\+cpu/);
});

describe('a build backend that its package does not have', () => {
  const of = (named: string, requires: string, more = '') => ({
    'pyproject.toml': `${project('ride', '"six"')}[project.scripts]\nride = "ride:main"\n[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${named}"\n${more}`,
    'ride/__init__.py': 'def main():\n    pass\n',
  });
  const made: readonly (readonly [string, string])[] = [
    ['setuptools.backends.legacy:build', 'setuptools>=68'],
    ['setuptools.backends._legacy:_Backend', 'setuptools'],
    ['hatchling.builders', 'hatchling'],
    ['poetry.core.masonry', 'poetry-core'],
  ];
  for (const [named, requires] of made)
    it(`is told: ${named}`, async () =>
      assert.ok(
        (await first(of(named, requires), 'multi-stage')).startsWith(
          `pyproject.toml names ${named} as its build backend, which `,
        ),
      ));
  const there: readonly (readonly [string, string, string?])[] = [
    ['setuptools.build_meta', 'setuptools'],
    ['hatchling.build', 'hatchling'],
    ['setuptools.own', 'setuptools', 'backend-path = ["."]\n'],
  ];
  for (const [named, requires, more] of there)
    it(`is built by one that is there: ${named}`, async () =>
      assert.doesNotMatch(await first(of(named, requires, more), 'multi-stage'), /as its build backend/));
});

it('GeoDjango has its libraries where it runs', async () => {
  const site = {
    ...lists('django==5.2', 'gunicorn'),
    'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.settings")\n',
    'site_/__init__.py': '',
    'site_/settings.py':
      'INSTALLED_APPS = ["django.contrib.gis"]\nWSGI_APPLICATION = "site_.wsgi.application"\n',
    'site_/wsgi.py':
      'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n',
  };
  const [, final = ''] = (await first(site)).split(/^FROM python:.*slim-bookworm$/m);
  assert.match(final, /^ *gdal-bin=3\.6\.\*/m);
  const plain = { ...site, 'site_/settings.py': site['site_/settings.py'].replace('.gis', '.auth') };
  assert.doesNotMatch(await first(plain), /gdal/);
});
