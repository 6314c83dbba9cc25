import { spawn, type ChildProcess } from 'node:child_process';
import { launchEnvironment, type Runtime } from './launch.ts';
import { projectRoot } from './places.ts';
import { say } from './report.ts';

/** Electron under development: started once, and again whenever a bundle is new. `closed` when the operator closes the window. */
export class RestartingElectron {
  readonly closed: Promise<number>;
  private end: (status: number) => void = () => undefined;
  private child: ChildProcess | undefined;
  private isRestarting = false;
  private readonly runtime: Runtime;
  private readonly address: string;

  constructor(runtime: Runtime, address: string) {
    this.runtime = runtime;
    this.address = address;
    this.closed = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  /** Nothing before the first `open`. */
  restart(): void {
    if (this.child === undefined || this.isRestarting) return;
    say('main or preload changed: restarting');
    this.isRestarting = true;
    this.child.kill();
  }

  open(): void {
    this.isRestarting = false;
    this.child = spawn(this.runtime.executable, [...this.runtime.args, projectRoot, ...process.argv.slice(2)], {
      cwd: projectRoot,
      stdio: 'inherit',
      env: { ...launchEnvironment(this.runtime), HNV_DEV_SERVER: this.address, HNV_LOG: 'console' },
    });
    this.child.once('close', (status) => (this.isRestarting ? this.open() : this.end(status ?? 0)));
  }
}
