/** The menu is never seen (the ribbon stands for it); it carries the accelerators that Chromium leaves to the application. */
import { Menu, type MenuItemConstructorOptions } from 'electron';

export function installMenu(developing: boolean): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
    ...(developing ? ([{ role: 'reload' }, { role: 'toggleDevTools' }] satisfies MenuItemConstructorOptions[]) : []),
  ];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? ([{ role: 'appMenu' }] satisfies MenuItemConstructorOptions[]) : []),
      { role: 'editMenu' },
      { label: 'View', submenu: view },
    ]),
  );
}
