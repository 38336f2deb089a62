import { effective } from '../../facts/stages.ts';
import { startedPrograms } from '../../facts/start-command.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'mlflow-server-open',
  name: 'mlflow-server-open',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'serving',
  summary: 'An MLflow server without a login, or whose experiments go with the container',
  why: 'MLflow asks nobody who they are unless it is started with `--app-name basic-auth` (MLflow documentation, "Authentication"): whoever reaches the port reads and deletes runs and writes artifacts, among them models that others load. A SQLite file or `./mlruns` inside the container is gone with it; a volume, or a database and an object store, keep them. In a network of one’s own the first may be meant.',
  messages: {
    open: 'Whoever reaches this MLflow server may read, change and delete everything. Keep it in a private network, or install `mlflow[auth]`, add `--app-name basic-auth`, set MLFLOW_FLASK_SERVER_SECRET_KEY when it starts, and change the password of its `admin`, which is the same for all.',
    lost: 'The runs are kept in a file of the container, and are lost with it. Name a database server in `--backend-store-uri`, or write `VOLUME <folder>` for the folder of the file.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nVOLUME /mlruns\nCMD ["mlflow", "server", "--host", "0.0.0.0", "--app-name", "basic-auth", "--backend-store-uri", "sqlite:////mlruns/m.db"]',
      },
      { code: 'FROM python:3.12-slim\nCMD ["mlflow", "server", "--host", "127.0.0.1"]' },
      {
        code: 'FROM python:3.12-slim\nCMD ["mlflow", "models", "serve", "-m", "/model", "--host", "0.0.0.0"]',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nVOLUME /db\nCMD ⟦mlflow⟧ ui --host 0.0.0.0 --backend-store-uri sqlite:////db/m.db',
      },
      {
        code: 'FROM python:3.12-slim\nCMD ["⟦mlflow⟧", "server", "--host=0.0.0.0", "--app-name=basic-auth", "--backend-store-uri", "sqlite:///mlflow.db"]',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const stage = facts.finalStage;
      if (!stage || !facts.file.joined.includes('mlflow')) return;
      for (const { name, word, args } of startedPrograms(facts, stage)) {
        const line = args.map(({ value }) => value).join(' ');
        const isOpen = /--host[ =]0\.0\.0\.0/.test(line) || /(?:^| )-h 0\.0\.0\.0/.test(line);
        if (name !== 'mlflow' || !/^(?:server|ui)\b/.test(line) || !isOpen) continue;
        if (!/--app-name[ =]/.test(line)) return report(word.inner, 'open');
        const isLost =
          /--backend-store-uri[ =](?:sqlite:|\.?\/|file:)/.test(line) && !effective(stage, 'VOLUME');
        if (isLost) return report(word.inner, 'lost');
      }
    },
  }),
});
