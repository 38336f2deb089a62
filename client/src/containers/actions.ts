import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const containerActions = {
  room: 'containers',
  actions: {
    logs: { icon: 'output', on: 'container', menu: '1_use@1', inline: { at: 1 }, key: { key: 'enter' } },
    shell: { icon: 'terminal', on: 'shell', menu: '1_use@2', inline: { at: 2 }, one: true },
    open: { icon: 'globe', on: 'port', menu: '1_use@3', inline: { at: 3 }, one: true },
    openJupyter: { icon: 'notebook', on: 'jupyter', menu: '1_use@5', one: true },
    execute: { icon: 'terminal-bash', on: 'shell', menu: '1_use@6', one: true },
    attachEditor: { icon: 'remote-explorer', on: 'shell', menu: '1_use@7', one: true },
    start: { icon: 'play', on: 'stopped', menu: '2_run@1', inline: { at: 2 } },
    stop: { icon: 'debug-stop', on: 'running', menu: '2_run@2', inline: { at: 4 } },
    restart: { icon: 'debug-restart', on: 'running', menu: '2_run@3' },
    pause: { icon: 'debug-pause', on: 'shell', menu: '2_run@4' },
    unpause: { icon: 'debug-continue', on: 'paused', menu: '2_run@5' },
    kill: { icon: 'zap', on: 'running', menu: '2_run@6' },
    rename: { icon: 'edit', on: 'container', menu: '3_change@1', key: { key: 'f2' }, one: true },
    commit: { icon: 'layers', on: 'container', menu: '3_change@3', one: true },
    copyName: { icon: 'copy', on: 'container', menu: '4_copy@1' },
    copyId: { icon: 'copy', on: 'container', menu: '4_copy@2' },
    copyAddress: { icon: 'copy', on: 'running', menu: '4_copy@4', one: true },
    copyRun: { icon: 'copy', on: 'container', menu: '4_copy@3' },
    logsInTerminal: { icon: 'terminal', on: 'container', menu: '5_look@2' },
    inspect: { icon: 'info', on: 'container', menu: '5_look@1' },
    processes: { icon: 'pulse', on: 'running', menu: '5_look@3' },
    environment: { icon: 'symbol-variable', on: 'container', menu: '5_look@4' },
    remove: {
      icon: 'trash',
      on: 'container',
      menu: '9_remove@1',
      inline: { at: 3, on: 'stopped' },
      key: { key: 'delete', mac: 'cmd+backspace' },
    },
    // Of a group, what is in it.
    logsAll: { icon: 'output', on: 'group', menu: '1_use@1', needsNode: true },
    startAll: { icon: 'play', on: 'somestopped', menu: '2_run@1', needsNode: true },
    stopAll: { icon: 'debug-stop', on: 'somerunning', menu: '2_run@2', needsNode: true },
    restartAll: { icon: 'debug-restart', on: 'somerunning', menu: '2_run@3', needsNode: true },
    removeAll: { icon: 'trash', on: 'group', menu: '9_remove@1', needsNode: true },
  },
} satisfies ActionTable;

export type ContainerAction = keyof typeof containerActions.actions;
