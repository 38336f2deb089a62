// What needs the rules, loaded only where it is asked for.
export { rules } from '../rules/index.ts';
export { explainCommand } from './explain-command.ts';
export { rulesCommand } from './rules-command.ts';
export { serveThread } from './serve-thread.ts';
