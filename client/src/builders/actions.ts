import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const builderActions = {
  room: 'builders',
  actions: {
    use: { icon: 'check', on: 'usable', menu: '1_use@1', inline: { at: 2 }, one: true },
    release: { icon: 'discard', on: 'chosen', menu: '1_use@2', inline: { at: 2 }, one: true },
    start: { icon: 'debug-start', on: 'startable', menu: '2_state@1', inline: { at: 1 }, one: true },
    stop: { icon: 'debug-stop', on: 'stoppable', menu: '2_state@2', inline: { at: 1 }, one: true },
    copyName: { icon: 'copy', on: 'builder', menu: '4_copy@1', needsNode: true },
    inspect: { icon: 'info', on: 'builder', menu: '5_look@1', one: true, key: { key: 'enter' } },
    openLog: { icon: 'output', on: 'ended', menu: '5_look@1', inline: { at: 1 }, one: true },
    inspectBuild: { icon: 'info', on: 'build', menu: '5_look@2', one: true },
    prune: { icon: 'clear-all', on: 'running', menu: '9_remove@1', one: true },
    remove: {
      icon: 'trash',
      on: 'removable',
      menu: '9_remove@2',
      key: { key: 'delete', mac: 'cmd+backspace' },
    },
  },
} satisfies ActionTable;

export type BuilderAction = keyof typeof builderActions.actions;
