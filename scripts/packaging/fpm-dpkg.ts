/** Stands in for fpm where electron-builder asks it for a deb: lays out the folder and lets `dpkg-deb` build it. */
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { must } from '../runtime/command.ts';
import { runScript } from '../runtime/report.ts';
import { controlFile, readRequest, valueOf, type DebRequest } from './debRequest.ts';

const maintainerScripts = [
  ['--before-install', 'preinst'],
  ['--after-install', 'postinst'],
  ['--before-remove', 'prerm'],
  ['--after-remove', 'postrm'],
] as const;

await runScript(async () => {
  const request = readRequest(process.argv.slice(2));
  const root = mkdtempSync(path.join(tmpdir(), 'hnv-deb-'));
  try {
    chmodSync(root, 0o755);
    layOut(request, root);
    await must('chmod', ['-R', 'u=rwX,go=rX', root]);
    writeControl(request, root);
    await must('dpkg-deb', ['--root-owner-group', '-Zxz', '-z3', '--build', root, valueOf(request, '--package')]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return 0;
});

/** As fpm does it: the contents of `FOLDER/` go to the destination, anything else becomes it. */
function layOut(request: DebRequest, root: string): void {
  for (const { source, destination } of request.contents) {
    const target = path.join(root, destination);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  }
}

function writeControl(request: DebRequest, root: string): void {
  const files = filesIn(root);
  const kilobytes = files.reduce((sum, file) => sum + Math.ceil(statSync(file).size / 1024), 0);
  const sums = files.map((file) => `${createHash('md5').update(readFileSync(file)).digest('hex')}  ${path.relative(root, file)}\n`);
  const folder = path.join(root, 'DEBIAN');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'control'), controlFile(request, kilobytes));
  writeFileSync(path.join(folder, 'md5sums'), sums.join(''));
  for (const [option, name] of maintainerScripts) {
    const script = request.options.get(option)?.at(-1);
    if (script === undefined) continue;
    copyFileSync(script, path.join(folder, name));
    chmodSync(path.join(folder, name), 0o755);
  }
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).sort();
}
