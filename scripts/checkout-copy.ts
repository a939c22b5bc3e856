import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './workspaces.ts';

export interface User {
  uid: number;
  gid: number;
}

/**
 * The tracked files of this checkout in an empty folder, as somebody who cloned it has them, nothing built; with the installed
 * packages unless `bare`. For another user, that user owns all that may be written.
 */
export function copyCheckout({ user, bare = false }: { user?: User; bare?: boolean } = {}): string {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'cinch-start-')));
  chmodSync(place, 0o755);
  const own = (path: string) => user && chownSync(path, user.uid, user.gid);
  const makeFolder = (path: string) => {
    if (existsSync(path)) return;
    makeFolder(dirname(path));
    mkdirSync(path);
    own(path);
  };
  own(place);
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of tracked.filter((path) => existsSync(join(root, path)))) {
    makeFolder(dirname(join(place, file)));
    copyFileSync(join(root, file), join(place, file));
    own(join(place, file));
  }
  if (bare) return place;
  const workspaces = ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name)),
  );
  for (const folder of ['.', 'e2e', ...workspaces].map((path) => join(path, 'node_modules'))) {
    if (existsSync(join(root, folder))) linkTree(join(root, folder), join(place, folder), own);
  }
  return place;
}

/** Caches of the build and notes of running hubs belong to the one checkout. */
const leftOut = new Set(['.cache', '.cinch-running', '.vite', '.vite-temp']);

/** Files are shared by hard links, so only folders change hands: the packages are read, never written. */
function linkTree(from: string, to: string, own: (path: string) => void): void {
  mkdirSync(to);
  own(to);
  for (const name of readdirSync(from)) {
    if (leftOut.has(name)) continue;
    const source = join(from, name);
    const target = join(to, name);
    const stats = lstatSync(source);
    if (stats.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (stats.isDirectory()) linkTree(source, target, own);
    else shareFile(source, target);
  }
}

function shareFile(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    // Another disk: no hard links.
    copyFileSync(source, target);
  }
}
