// What files around an image have its containers do, and what two stages would take from that.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Files, from, install, rest, split } from './split-stages.ts';

const health = (test: string) => `    healthcheck:\n      test: ${test}\n`;
const compose = (build: string, more: string) => `services:\n  ride:\n    build: ${build}\n${more}`;
const project = { 'requirements.txt': 'flask\n', 'app.py': 'print(1)\n' };
/** Whose environment is copied. */
const copied = `${from}RUN pip install lightgbm\n${install}${rest}`;
const wheeled = `${from}${install}${rest}`;

describe('a program that is called from outside comes along', () => {
  const calling: Readonly<Record<string, readonly [program: string, files: Files]>> = {
    'the health check of the repository’s Compose file': [
      'curl',
      { '../docker-compose.yml': compose('./project', health('curl -f http://localhost:8000 || exit 1')) },
    ],
    'a list of words': [
      'curl',
      {
        '../docker-compose.yml': compose(
          './project',
          health('["CMD", "curl", "-f", "http://localhost:8000"]'),
        ),
      },
    ],
    'lines of a list': [
      'wget',
      {
        '../compose.yaml': compose(
          './project',
          health('\n      - CMD-SHELL\n      - wget -qO- http://localhost:8000 || exit 1'),
        ),
      },
    ],
    'an anchor': [
      'curl',
      {
        '../compose.yml': `x-health: &health\n  test: curl -f http://localhost\n  interval: 5s\n${compose('./project', '    healthcheck: *health\n')}`,
      },
    ],
    'a service that is extended': [
      'curl',
      {
        '../compose.yml': `services:\n  ride:\n    extends:\n      file: base/compose.yml\n      service: common\n    build: ./project\n`,
        '../base/compose.yml': `services:\n  common:\n${health('curl -f http://localhost')}`,
      },
    ],
    'an override': [
      'curl',
      {
        'compose.prod.yml': `services:\n  ride:\n${health('curl -f http://localhost')}`,
        '../compose.yml': compose('./project', ''),
      },
    ],
    'a service by the image that a script builds': [
      'curl',
      {
        'deploy/production.yml': `services:\n  ride:\n    image: bikes\n${health('curl -f http://localhost')}`,
        Makefile: 'image:\n\tdocker build \\\n\t  -t bikes .\n',
      },
    ],
    'a probe of a pod': [
      'curl',
      {
        '../k8s/ride.yaml':
          'kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: ride\n          image: bikes\n          livenessProbe:\n            exec:\n              command:\n                - curl\n                - -f\n                - http://localhost\n',
      },
    ],
    'a hook of a pod in one line': [
      'procps',
      {
        'deploy/ride.yml':
          'spec:\n  containers:\n  - name: ride\n    image: bikes\n    lifecycle:\n      preStop:\n        exec: { command: ["sh", "-c", "pkill -TERM gunicorn"] }\n',
      },
    ],
    'a task of ECS': [
      'curl',
      {
        'task-definition.json':
          '{\n  "containerDefinitions": [\n    {\n      "healthCheck": {\n        "command": ["CMD-SHELL", "curl -f http://localhost || exit 1"]\n      }\n    }\n  ]\n}\n',
      },
    ],
    '`docker exec` of a script': ['git', { '../scripts/log.sh': 'docker exec -it ride git log --oneline\n' }],
    '`docker compose exec` of a Makefile': [
      'curl',
      { Makefile: 'health:\n\t@docker compose exec -T ride curl -f localhost\n' },
    ],
    '`kubectl exec` of a workflow': [
      'wget',
      { '../.github/workflows/a.yml': '      - run: kubectl exec deploy/ride -- wget -qO- localhost\n' },
    ],
    'a script in quotes over several lines': [
      'git',
      { 'up.sh': `docker run --rm ride bash -c '\n  set -e\n  git status\n'\necho curl\n` },
    ],
    'a script behind `<<`': ['unzip', { 'up.sh': 'docker exec -i ride sh <<EOF\nunzip a.zip\nEOF\n' }],
    'a text for readers': ['curl', { 'README.md': '    docker exec ride curl localhost\n' }],
  };
  for (const [name, [program, files]] of Object.entries(calling)) {
    it(name, async () => {
      const without = (await split(wheeled, project))?.final;
      const made = (await split(wheeled, { ...project, ...files }))?.final;
      assert.doesNotMatch(without ?? '', /apt-get install/);
      assert.match(made ?? '', new RegExp(`apt-get install -y --no-install-recommends ${program} &&`));
    });
  }

  it('and one that only something else calls does not', async () => {
    const files = {
      '../compose.yml': `services:\n  ride:\n    build: ./project # no curl\n  search:\n    image: elasticsearch:9\n${health('curl -f localhost')}`,
      Makefile: 'check:\n\tdocker run -d ride\n\tcurl -f localhost\n',
      '../.github/workflows/a.yml': '      - run: git push\n',
      '../k8s/ride.yaml': 'spec:\n  containers:\n  - image: curl/git # curl\n    name: wget\n',
    };
    assert.doesNotMatch((await split(wheeled, { ...project, ...files }))?.final ?? '', /apt-get install/);
  });

  it('but for a compiler nothing is split', async () => {
    const files = { Makefile: 'shell:\n\tdocker compose exec ride make migrations\n' };
    assert.equal(await split(wheeled, { ...project, ...files }), undefined);
    assert.ok(await split(wheeled, { ...project, Makefile: 'up:\n\tmake -C web && docker run ride\n' }));
  });
});

describe('an environment is not copied where a container starts without its PATH', () => {
  const starting: Readonly<Record<string, Files>> = {
    '`docker run` with a login shell': {
      'deploy/up.sh': 'docker run -d \\\n  -p 80:80 \\\n  ride \\\n  bash -lc "exec uvicorn app:app"\n',
    },
    '`docker exec` with a login shell': {
      '../README.md': '```\ndocker exec ride sh -l -c "flask routes"\n```\n',
    },
    '`bash --login` of a Compose file': {
      '../compose.yml': compose('./project', '    command: ["bash", "--login", "-c", "flask run"]\n'),
    },
    'a command and an entry point in lines': {
      '../compose.yml': compose(
        './project',
        '    entrypoint:\n      - /bin/sh\n    command:\n      - -lc\n      - flask run\n',
      ),
    },
    'the arguments of a pod': {
      '../k8s/ride.yaml':
        'spec:\n  containers:\n  - name: ride\n    command:\n    - /bin/bash\n    args:\n    - -lc\n    - flask run\n    image: ride\n',
    },
    '`su -`': { Makefile: 'shell:\n\tdocker compose exec ride su - app\n' },
    'a script that Compose starts': {
      '../compose.yml': compose('./project', '    command: ./start.sh\n'),
      'start.sh': '#!/bin/bash -l\nflask run\n',
    },
    'an old path': { Makefile: 'run:\n\tdocker run --rm ride /usr/local/bin/python app.py\n' },
  };
  for (const [name, files] of Object.entries(starting)) {
    it(name, async () => {
      assert.ok(await split(copied, project));
      assert.equal(await split(copied, { ...project, ...files }), undefined);
    });
  }

  it('but for what the machine does', async () => {
    const files = {
      'up.sh': '#!/bin/bash -l\nsudo docker run -d ride\n',
      'README.md': 'sudo docker exec ride ls\n',
    };
    assert.ok(await split(copied, { ...project, ...files }));
  });
});
