import { baseImage, officialName } from '../../facts/base-images.ts';
import { firstUnpinned, type InstallForm, installsOf, pinOptions } from '../../facts/package-installs.ts';
import { pinMessage, pinMessages } from '../../facts/pin-messages.ts';
import type { Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

const form: InstallForm = { programs: ['go'], verbs: ['install', 'get', 'run', 'tool'] };

export default defineRule({
  code: 'DL3062',
  name: 'go-packages-pinned',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'go',
  summary: 'go installs or runs a module without a version',
  why: '`go install x@latest` builds whatever was released last, so a rebuild may bring another tool than the image that was tested, or fail because the module asks for a newer Go. A version, a branch or a commit behind `@` says what was meant; packages below `.` or `/` come from the build itself (Go documentation, "go install").',
  messages: {
    ...pinMessages('@'),
    module: '`{name}` has no fixed version, so a rebuild may build another one. Write `{module}@<version>`.',
    get: '`go get` takes the newest `{module}` of the day, so a rebuild may build another one. Write `go install {module}@<version>`, or `GO111MODULE=on go get {module}@<version>` with a Go older than 1.16.',
    install:
      '`go get` takes the newest `{module}` of the day, so a rebuild may build another one. Write `go install {module}@<version>`.',
    modules:
      '`go get` takes the newest `{module}` of the day, so a rebuild may build another one. Write `GO111MODULE=on go get {module}@<version>`.',
    old: '`go get` takes the newest `{module}` of the day, and Go {version} knows no versions of packages. Clone a tag of it into `/go/src/` and write `go install {module}`, or take Go 1.16 or newer and `go install {module}@<version>`.',
  },
  options: pinOptions('FROM golang:1.25\nRUN go install $TOOL\n'),
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM golang:1.25\nRUN go install github.com/mikefarah/yq/v4@v4.45.4' },
      { code: 'FROM golang:1.25\nRUN go get -d ./... && go install . && go build -o /bin/app' },
      { code: 'FROM golang:1.25\nRUN go run ./cmd/generate --all && go run /src/tools/x.go' },
      { code: 'FROM golang:1.25\nRUN go run golang.org/x/tools/cmd/goimports@v0.34.0 main.go' },
      {
        code: 'FROM golang:1.25\nARG TOOL=example.org/tool@v1\nRUN go install $TOOL "example.org/a@${VERSION}"',
      },
    ],
    bad: [
      { code: 'FROM golang:1.25\nRUN go install ⟦github.com/mikefarah/yq/v4@latest⟧' },
      { code: 'FROM golang:1.25\nRUN go get -u ⟦golang.org/x/tools⟧ && go run ⟦example.org/x⟧ a@v1' },
      { code: 'FROM golang:1.25\nRUN go install a.org/x@v1 ⟦b.org/y⟧' },
      {
        code: 'FROM golang:1.25\nRUN go install ⟦$TOOL⟧',
        options: { resolveVariables: false },
        note: 'with `resolveVariables: false`',
      },
      { code: 'FROM golang:1.25\nRUN ["go", "install", ⟦"b.org/y@latest"⟧]' },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      for (const { command, packages } of installsOf(facts, run, form)) {
        const has = (verb: string) => command.args.some(({ value }) => value === verb);
        if (!has('run') && !has('install') && !has('get')) continue;
        // What stands behind the package of `go run` belongs to the program.
        const words = has('run') ? packages.slice(0, 1) : packages;
        const suspects = words.filter(({ value }) => !isPinned(value));
        const unpinned = firstUnpinned(facts, run, suspects, isPinned, options);
        if (!unpinned) continue;
        const name = unpinned.value;
        // An old `go get` knows no `@version` unless it works with modules.
        const isGet = has('get') && !name.includes('@');
        const { id, data } = pinMessage(facts, run, unpinned, isPinned);
        if (id === 'listed' || id === 'unseen') report(run.at(unpinned), id, data);
        else {
          const stage = facts.stageOf(run);
          const version = stage && /^1\.\d+/.exec(goTag(stage) ?? '')?.[0];
          const how = isGet ? getMessage(version) : 'module';
          report(run.at(unpinned), how, { name, module: name.replace(/@.*/, ''), version: version ?? '' });
        }
      }
    },
  }),
});

/** `go get` installs by module from Go 1.11 on, and `go install` by version from 1.16 on (Go release notes). */
function getMessage(version: string | undefined) {
  const minor = version === undefined ? undefined : Number(version.slice(2));
  if (minor === undefined) return 'get';
  return minor >= 16 ? 'install' : minor >= 11 ? 'modules' : 'old';
}

const goTag = (stage: Stage) =>
  officialName(baseImage(stage)) === 'golang' ? baseImage(stage).tag : undefined;

function isPinned(name: string): boolean {
  return /^[./]/.test(name) || (name.includes('@') && !/@(?:latest|none)$/.test(name));
}
