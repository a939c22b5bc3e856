import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from '@playwright/test';

export interface Browser {
  executablePath: string;
  args: string[];
  /** Set for a browser that brings its own libraries and fonts. */
  env?: Record<string, string>;
}

/** Quiet on the network, and able to run as root and without a graphics card. */
const flags = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
flags.push('--disable-component-update', '--disable-sync');

/** Launch options for Playwright with whatever Chromium this machine has; nothing is downloaded. */
export async function findBrowser(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...flags] : flags;
  const named = process.env['CHROMIUM_PATH'];
  if (named && !isProgram(named)) throw new Error(`CHROMIUM_PATH names ${named}, which is no program.`);
  const executablePath = [named, chromium.executablePath(), ...systemBrowsers()].find(
    (path) => path && isProgram(path),
  );
  if (executablePath) return { executablePath, args };
  const packaged = await unpackBrowser();
  // The packaged build has no sandbox helper of its own.
  if (packaged) return { ...packaged, args: [...new Set(['--no-sandbox', ...args])] };
  throw new Error(
    'No browser for the tests was found. Run `npx playwright install chromium`, install Chrome, Chromium or Edge, or set ' +
      'CHROMIUM_PATH to one; `npm run check` runs everything but the browser tests.',
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function systemBrowsers(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    );
  }
  if (process.platform === 'win32') {
    const folders = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];
    const apps = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return folders.flatMap((folder) => (folder ? apps.map((app) => join(folder, app)) : []));
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The Chromium that comes as a package with its own NSS libraries, so that a bare Linux can run it; unpacked once a user. */
async function unpackBrowser(): Promise<Omit<Browser, 'args'> | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@sparticuz/chromium');
  const { version } = require(join(dirname(entry), '..', 'package.json')) as { version: string };
  const place = join(tmpdir(), `cinch-chromium-${version}-${process.getuid?.()}`);
  if (!existsSync(place)) {
    const { inflate } = await import('@sparticuz/chromium');
    // Unpacked beside and renamed: workers start at the same time, and a run that was killed must not leave half a browser.
    const fresh = `${place}.${process.pid}`;
    mkdirSync(fresh, { recursive: true, mode: 0o700 });
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = fresh;
    try {
      const parts = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
      await Promise.all(parts.map((part) => inflate(join(dirname(entry), '..', 'bin', part))));
      // The one that comes along looks for fonts at fixed places of another machine, and pages would have no letters.
      writeFileSync(join(fresh, 'fonts', 'fonts.conf'), fontConfig(place));
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
    try {
      renameSync(fresh, place);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      if (!existsSync(place)) throw error;
    }
  }
  const libraries = [join(place, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined));
  return {
    executablePath: join(place, 'chromium'),
    env: {
      ...(inherited as Record<string, string>),
      LD_LIBRARY_PATH: libraries,
      FONTCONFIG_PATH: join(place, 'fonts'),
    },
  };
}

function fontConfig(place: string): string {
  const folders = [join(place, 'fonts'), '/usr/share/fonts'].map((folder) => `<dir>${folder}</dir>`).join('');
  return `<?xml version="1.0"?><fontconfig>${folders}<cachedir>${join(place, 'fonts-cache')}</cachedir></fontconfig>\n`;
}
