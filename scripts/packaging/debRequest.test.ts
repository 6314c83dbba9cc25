import { describe, expect, it } from 'vitest';
import { controlFile, readRequest, valueOf } from './debRequest.ts';

const asked = [
  '--force', '-s', 'dir', '-t', 'deb', '-d', 'libnss3', '-d', 'libgtk-3-0 | libgtk-3-0t64', '--deb-recommends', 'xdg-utils',
  '--architecture', 'amd64', '--description', 'A console\n ', '--version', '1.2.3', '--package', '/tmp/a=b/out.deb',
  '--name', 'hnv', '--deb-field', 'Electron: 9.8.7', '--maintainer', 'Team <team@example.invalid>', '--deb-compression=xz',
  '/tmp/linux=unpacked/=/opt/HNV Console', '/tmp/16.png=/usr/share/icons/hnv.png',
];

describe('a request to fpm', () => {
  it('is read into options and contents, spaces and equals signs included', () => {
    const request = readRequest(asked);
    expect(request.contents).toEqual([
      { source: '/tmp/linux=unpacked/', destination: '/opt/HNV Console' },
      { source: '/tmp/16.png', destination: '/usr/share/icons/hnv.png' },
    ]);
    expect(request.options.get('-d')).toEqual(['libnss3', 'libgtk-3-0 | libgtk-3-0t64']);
    expect(valueOf(request, '--package')).toBe('/tmp/a=b/out.deb');
    expect(valueOf(request, '--deb-compression')).toBe('xz');
  });

  it('becomes a control file without empty fields or lines', () => {
    const lines = controlFile(readRequest(asked), 42).split('\n');
    expect(lines).toContain('Depends: libnss3, libgtk-3-0 | libgtk-3-0t64');
    expect(lines).toContain('Recommends: xdg-utils');
    expect(lines).toContain('Installed-Size: 42');
    expect(lines).toContain('Description: A console');
    expect(lines).toContain('Electron: 9.8.7');
    expect(lines.some((line) => line.startsWith('Homepage'))).toBe(false);
    expect(lines.filter((line) => line.trim() === '')).toHaveLength(1);
  });

  it('is refused when it is not understood', () => {
    expect(() => readRequest(['plain'])).toThrow(/plain/);
    expect(() => controlFile(readRequest(['--name', 'x']), 1)).toThrow(/--description/);
  });
});
