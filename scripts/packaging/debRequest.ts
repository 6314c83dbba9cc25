/** Reads what electron-builder asks of fpm for a deb. */
import { SetupError } from '../runtime/report.ts';

export interface DebRequest {
  /** Option name with its dashes, and the values in their order. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly contents: readonly { readonly source: string; readonly destination: string }[];
}

/** fpm's options that stand alone; every other one is followed by its value. */
const flags = new Set(['--force', '--verbose', '--debug']);

/** Throws SetupError for an argument that is neither an option nor SOURCE=DESTINATION. */
export function readRequest(argv: readonly string[]): DebRequest {
  const options = new Map<string, string[]>();
  const contents: { source: string; destination: string }[] = [];
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (flags.has(argument)) continue;
    if (argument.startsWith('-')) {
      const [name = argument, inline] = splitAt(argument, argument.indexOf('='));
      options.set(name, [...(options.get(name) ?? []), inline ?? rest.shift() ?? '']);
      continue;
    }
    const [source, destination] = splitAt(argument, argument.lastIndexOf('='));
    if (source === undefined || source === '' || destination === undefined) throw new SetupError(`cannot read "${argument}" in what fpm is asked for`);
    contents.push({ source, destination });
  }
  return { options, contents };
}

function splitAt(text: string, index: number): [string | undefined, string | undefined] {
  return index < 0 ? [undefined, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

/** The last value of an option; throws SetupError when there is neither one nor a default. */
export function valueOf(request: DebRequest, name: string, otherwise?: string): string {
  const value = request.options.get(name)?.at(-1) ?? otherwise;
  if (value === undefined) throw new SetupError(`fpm is asked for a package without ${name}`);
  return value;
}

/** The package's control file (Debian Policy, chapter 5). */
export function controlFile(request: DebRequest, installedKilobytes: number): string {
  const list = (...names: string[]): string => names.flatMap((name) => request.options.get(name) ?? []).join(', ');
  const [synopsis = '', ...more] = valueOf(request, '--description').split('\n').map((line) => line.trim());
  const fields: [string, string][] = [
    ['Package', valueOf(request, '--name')],
    ['Version', valueOf(request, '--version')],
    ['Architecture', valueOf(request, '--architecture').replace(/^(x86_64|x64)$/, 'amd64')],
    ['Maintainer', valueOf(request, '--maintainer')],
    ['Installed-Size', String(installedKilobytes)],
    ['Depends', list('-d', '--depends')],
    ['Recommends', list('--deb-recommends')],
    ['Section', valueOf(request, '--category', 'misc')],
    ['Priority', valueOf(request, '--deb-priority', 'optional')],
    ['Homepage', valueOf(request, '--url', '')],
    ['Description', [synopsis || valueOf(request, '--name'), ...more.filter((line) => line !== '').map((line) => ` ${line}`)].join('\n')],
  ];
  const own = (request.options.get('--deb-field') ?? []).map((line) => `${line}\n`);
  return [...fields.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}\n`), ...own].join('');
}
