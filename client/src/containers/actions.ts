import type { ActionTable } from '../ui/actions.ts';

/** In the order in which the command palette shows them. */
export const containerActions = {
  room: 'containers',
  actions: {
    logs: { icon: 'output', on: 'container', menu: '1_use@1', inline: { at: 1 }, key: { key: 'enter' } },
    shell: { icon: 'terminal', on: 'shell', menu: '1_use@2', inline: { at: 2 } },
    open: { icon: 'globe', on: 'port', menu: '1_use@3', inline: { at: 3 } },
    openJupyter: { icon: 'notebook', on: 'jupyter', menu: '1_use@5' },
    execute: { icon: 'terminal-bash', on: 'shell', menu: '1_use@6' },
    attachEditor: { icon: 'remote-explorer', on: 'shell', menu: '1_use@7' },
    start: { icon: 'play', on: 'stopped', menu: '2_run@1', inline: { at: 2 } },
    stop: { icon: 'debug-stop', on: 'running', menu: '2_run@2', inline: { at: 4 } },
    restart: { icon: 'debug-restart', on: 'running', menu: '2_run@3' },
    pause: { icon: 'debug-pause', on: 'shell', menu: '2_run@4' },
    unpause: { icon: 'debug-continue', on: 'paused', menu: '2_run@5' },
    kill: { icon: 'zap', on: 'running', menu: '2_run@6' },
    rename: { icon: 'edit', on: 'container', menu: '3_change@1', key: { key: 'f2' } },
    commit: { icon: 'layers', on: 'container', menu: '3_change@3' },
    copyName: { icon: 'copy', on: 'container', menu: '4_copy@1' },
    copyId: { icon: 'copy', on: 'container', menu: '4_copy@2' },
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
  },
} satisfies ActionTable;

export type ContainerAction = keyof typeof containerActions.actions;
