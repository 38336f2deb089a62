// The database of a Django project whose tables are made in the container, for Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { has, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

describe('the tables of Django', () => {
  it('are made when the container starts, where its database is a file', async () => {
    const django = (settings: string): Files => ({
      ...lists('django==5.2.6', 'gunicorn==23.0.0'),
      'manage.py': '# conf.settings\n',
      'conf/__init__.py': '',
      'conf/settings.py': `SECRET_KEY = "x"\nDATABASES = {"default": {${settings}}}\n`,
      'conf/wsgi.py':
        'from django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf.settings")\napplication = get_wsgi_application()\n',
    });
    const sqlite = '"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"';
    const made = await make(django(sqlite), 'serving');
    assert.match(
      textOf(made),
      /^CMD \["sh", "-c", "python manage\.py migrate --noinput && exec gunicorn \S+ \S+ conf\.wsgi:application"\]$/m,
    );
    assert.ok(made?.assumes.some((line) => line.startsWith('The database of SQLite lies in the container')));
    assert.ok(!made?.assumes.some((line) => line.includes('migrate')));
    const apps = {
      ...django(
        `${sqlite}}}\nINSTALLED_APPS = ["shop", "api.apps.ApiConfig", "old", "web.blog", "empty"]\nX = {"": {`,
      ),
      'shop/models.py': 'class Sale(models.Model):\n    pass\n',
      'api/models/sale.py': 'class Sale(BaseModel):\n    pass\n',
      'old/models.py': 'class Sale(models.Model):\n    pass\n',
      'old/migrations/0001_initial.py': '',
      'web/blog/apps.py': 'class BlogConfig(AppConfig):\n    name = "web.blog"\n    label = "pages"\n',
      'web/blog/models.py': 'class User(AbstractUser):\n    pass\n',
      'web/blog/migrations/__init__.py': '',
      'empty/models.py': '',
      'unused/models.py': 'class Sale(models.Model):\n    pass\n',
    };
    const unmigrated = await make(apps, 'serving');
    assert.match(
      textOf(unmigrated),
      /"python manage\.py makemigrations api pages shop && python manage\.py migrate --noinput && exec gunicorn /,
    );
    assert.ok(
      unmigrated?.assumes.some((line) =>
        line.startsWith('The container writes the migrations of api, pages, shop '),
      ),
    );
    const ofRest = await make(
      { ...django(sqlite), ...lists('djangorestframework==3.16.0', 'gunicorn==23.0.0') },
      'serving',
    );
    assert.match(textOf(ofRest), / migrate --noinput && exec gunicorn /);
    await has(
      django(`${sqlite.replace('sqlite3', 'postgresql')}, "OTHER": "${'django.db.backends.sqlite3'}"`),
      /^CMD \["gunicorn"/m,
    );
  });
});

describe('what Django imports by its name', () => {
  const site = (more: Files): Files => ({
    ...lists('django==5.2.6', 'gunicorn==23.0.0'),
    'manage.py': '# conf.settings\n',
    'conf/__init__.py': '',
    'conf/settings.py':
      'SECRET_KEY = "x"\nROOT_URLCONF = "conf.urls"\nINSTALLED_APPS = [\n    "django.contrib.admin",\n    "shop",\n    "blog.apps.BlogConfig",\n]\n',
    'conf/urls.py': 'from django.urls import include, path\nurlpatterns = [path("", include("shop.urls"))]\n',
    'conf/wsgi.py':
      'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf.settings")\napplication = get_wsgi_application()\n',
    'shop/__init__.py': '',
    'shop/urls.py': 'from shop import views\nurlpatterns = []\n',
    'shop/views.py': '',
    'blog/__init__.py': '',
    'blog/admin.py': '',
    ...more,
  });

  it('is read with it: settings, addresses and applications', async () => {
    await has(site({}), /"conf\.wsgi:application"/);
    for (const path of [
      'conf/settings.py',
      'conf/urls.py',
      'shop/views.py',
      'shop/models.py',
      'blog/admin.py',
    ]) {
      const text = site({})[path] ?? '';
      await has(
        site({ [path]: `import requests\n${text}` }),
        new RegExp(`^${path} imports requests, which neither lies in the project nor is named by`),
      );
    }
    // Nothing names it.
    await has(
      site({ 'old/__init__.py': '', 'old/models.py': 'import requests\n' }),
      /"conf\.wsgi:application"/,
    );
  });
});
