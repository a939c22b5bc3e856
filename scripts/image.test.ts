import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readDockerfile } from './image/dockerfile.ts';
import { printedCommands } from './image/printed-commands.ts';
import { root } from './workspaces.ts';

const text = (file: string) => readFileSync(join(root, file), 'utf8');
const steps = readDockerfile(text('Dockerfile'));
const printed = printedCommands(text('docs/install.md'), '## Backup and restore');
const compose = parse(text('docker-compose.yml'), { merge: true }) as {
  services: Record<string, { command?: string[] }>;
};

/** What runs in the image: what Compose starts, and what docs/install.md tells to run there. */
const programs = [
  ...Object.values(compose.services).flatMap(({ command }) => (command ? [command] : [])),
  ...printed.filter(({ service, words }) => service === 'hub' && words.length > 0).map(({ words }) => words),
].map((words) => words[1]!.replace('/dist/main.js', '/src/main.ts'));

interface Package {
  name: string;
  dependencies?: Record<string, string>;
  exports?: Record<string, string>;
}

/** The package that a file belongs to, by the nearest package.json above it. */
function packageOf(file: string): Package {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package;
}

/** What a file loads when it runs: imports of types alone are gone by then. */
function imported(file: string): string[] {
  const found = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)(?! type)(?:\s[^'";]*?\sfrom)?\s*'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...found].map(([, fixed, late]) => (fixed ?? late)!);
}

/** Each file that a program loads, and of each the packages that its own package.json has not among the dependencies that stay. */
function walk(start: string): { files: Set<string>; packages: Set<string>; missing: string[] } {
  const walked = { files: new Set<string>(), packages: new Set<string>(), missing: [] as string[] };
  const open = [join(root, start)];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (walked.files.has(file)) continue;
    walked.files.add(file);
    const { name: own, dependencies = {} } = packageOf(file);
    for (const target of imported(file)) {
      if (target.startsWith('.')) {
        open.push(resolve(dirname(file), target));
        continue;
      }
      const name = /^(?:@[^/]+\/)?[^/]+/.exec(target)![0];
      if (target.startsWith('node:') || builtinModules.includes(name)) continue;
      walked.packages.add(name);
      if (!(name in dependencies)) walked.missing.push(`${relative(root, file)} of ${own} imports ${name}`);
      const folder = join(root, 'packages', name.replace('@cinch/', ''));
      if (!name.startsWith('@cinch/') || !existsSync(folder)) continue;
      const { exports = {} } = packageOf(join(folder, 'src/index.ts'));
      open.push(join(folder, exports[`.${target.slice(name.length)}`]!));
    }
  }
  return walked;
}

describe('the image', () => {
  it.each(programs)('%s needs no package that the image prunes', (program) => {
    const { files, packages, missing } = walk(program);
    expect(missing).toEqual([]);
    expect(packages).toContain('pg');
    expect(files.size).toBeGreaterThan(5);
  });

  it('holds every file that its programs load', () => {
    const loaded = programs.flatMap((program) => [...walk(program).files].map((file) => relative(root, file)));
    expect(loaded.filter((file) => !steps.kept.some((path) => file.startsWith(`${path}/`)))).toEqual([]);
  });

  it('is built as the check builds it: installed from the lock, built, pruned of what is for development', () => {
    const commands = steps.build.flatMap((step) => (step.kind === 'run' ? [step.command] : []));
    expect(commands.map((command) => command.split(' ').slice(0, 3).join(' '))).toEqual([
      'npm ci --no-audit',
      'npm run build',
      'npm prune --omit=dev',
    ]);
    expect(steps.kept).toEqual(['package.json', 'node_modules', 'packages', 'apps', 'scripts']);
    expect(steps.command).toEqual(compose.services['hub']!.command);
    expect(steps.env).toMatchObject({ NODE_ENV: 'production', DATA_DIR: '/data' });
    expect(steps.user).toBe('node');
  });

  it.each([
    ['a file from elsewhere', 'FROM x\nCOPY --from=other /bin/tool ./tool'],
    ['another command in the last stage', 'FROM x\nRUN apt-get install curl'],
    ['a step that is new', 'FROM x AS build\nADD a b\nFROM x'],
  ])('is no longer what is checked with %s, and the check says so', (_, dockerfile) => {
    expect(() => readDockerfile(dockerfile)).toThrow(/No check knows|takes something from elsewhere/);
  });

  it('backs up and restores by commands that the page prints, each of a kind that the check can type', () => {
    expect(printed.map(({ verb, service, words }) => [verb, service, words[0] ?? ''])).toEqual([
      ['exec', 'hub', 'node'],
      ['stop', 'hub', ''],
      ['exec', 'postgres', 'psql'],
      ['exec', 'postgres', 'psql'],
      ['exec', 'postgres', 'psql'],
      ['run', 'hub', 'node'],
      ['up', 'hub', ''],
    ]);
    expect(() => printedCommands('\n## B\n```sh\ndocker compose rm hub\n```', '## B')).toThrow('No check knows');
  });
});
