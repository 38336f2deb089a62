// Templates that the programs of a project render, for Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

const told = async (text: string, more: Files = {}) => {
  const files = { ...lists('six==1.17.0'), 'main.py': `${text}\n`, ...more };
  return (await make(files, 'multi-stage'))?.assumes.filter((line) => line.includes('template'));
};

describe('templates that lie nowhere in the project', () => {
  it('are told', async () => {
    const fails = ['The page of login.html fails, as that template lies nowhere in the project.'];
    for (const line of [
      'render_template("login.html", error="Wrong")',
      'flask.render_template(\n    "login.html"\n)',
      'templates.TemplateResponse("login.html", {"request": request})',
      'templates.TemplateResponse(request, "login.html")',
      'templates.TemplateResponse(request=request, name="login.html")',
      'render(request, "login.html")',
      'environment.get_template("login.html")',
      'Flask(__name__, template_folder="pages")\nrender_template("login.html")',
    ])
      assert.deepEqual(await told(line), fails, line);
    assert.deepEqual(
      await told('import shop.views', { 'shop/views.py': 'render_template("login.html")\n' }),
      fails,
    );
    const many = ['a', 'b', 'c', 'd'].map((name) => `render_template("${name}.html")`).join('\n');
    assert.deepEqual(await told(`${many}\n${many}`), [
      'The pages of a.html, b.html, c.html and 1 more fail, as those templates lie nowhere in the project.',
    ]);
  });

  it('are not told where they are, or may be elsewhere', async () => {
    const there: Files = { 'templates/login.html': '<p>', 'shop/templates/shop/list.html': '<p>' };
    for (const line of [
      'render_template("login.html")',
      'render_template("shop/list.html")',
      'render_template("admin/index.html")',
      'render_template(name)',
      'render_template(f"{name}.html")',
      '# render_template("gone.html")\nprint()',
      'image.render("gone.html")',
      'Flask(__name__, template_folder="../web/build")\nrender_template("gone.html")',
      'Flask(__name__, template_folder=PAGES)\nrender_template("gone.html")',
      'Environment(loader=DictLoader(pages)).get_template("gone.html")',
      'Jinja2Templates(directory="/srv/pages").TemplateResponse(request, "gone.html")',
      'open("templates/gone.html", "w").write(page)\nrender_template("gone.html")',
    ])
      assert.deepEqual(await told(line, there), [], line);
    const example = { 'templates/vm.toml.example': 'a = 1\n' };
    assert.deepEqual(await told('render_template("vm.toml")', example), [
      'templates/vm.toml is made of templates/vm.toml.example and mounted below /app.',
    ]);
    assert.deepEqual(await told('render_template("shop/gone.html")', there), [
      'The page of shop/gone.html fails, as that template lies nowhere in the project.',
    ]);
  });
});
