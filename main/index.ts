/** Entry of Electron's main process: boot order, and nothing else. */
import { boot } from './platform/boot.ts';

boot();
