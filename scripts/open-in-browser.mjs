import { spawn } from 'node:child_process';

/**
 * Opens the default browser where there is a display to open it on; that it cannot is no failure.
 *
 * @param {string} address
 */
export function openInBrowser(address) {
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (!hasDisplay || process.env['CI']) return;
  const { command, before } = opener();
  const child = spawn(command, [...before, address], { stdio: 'ignore', detached: true });
  child.once('error', () => {});
  child.unref();
}

function opener() {
  if (process.platform === 'darwin') return { command: 'open', before: [] };
  if (process.platform === 'win32') return { command: 'cmd', before: ['/c', 'start', ''] };
  return { command: 'xdg-open', before: [] };
}
