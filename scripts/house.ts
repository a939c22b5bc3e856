// `npm run house`: how easy the code is to see, as figures with the target beside each. `-- --loop` also times one file of pure tests and
// one of the api. It judges nothing: what must hold is held by `npm run lint`.
import { spawnSync } from 'node:child_process';
import { globSync, lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { featureArrows } from './feature-arrows.ts';
import { root } from './workspaces.ts';

interface Found {
  code: string;
  message: string;
  filename: string;
}

interface Figure {
  what: string;
  seen: string;
  target: string;
}

/** What oxlint counts, asked with limits so low that it names every function and constructor worth naming. */
const measures = {
  plugins: ['import', 'eslint'],
  categories: { correctness: 'off' },
  rules: {
    'max-lines-per-function': ['error', { max: 40, skipComments: true, skipBlankLines: true }],
    'max-params': ['error', { max: 6 }],
    'import/no-cycle': ['error', { maxDepth: 50 }],
  },
};
const folders = ['packages', 'apps', 'scripts', 'bench', 'e2e'];
/** Node itself, as a package: a program, no dependency of the code. */
const packagedNode = /^node-(linux|darwin|win|bin-)/;

function measured(): Found[] {
  const folder = mkdtempSync(join(tmpdir(), 'cinch-house-'));
  const config = join(folder, 'oxlintrc.json');
  writeFileSync(config, JSON.stringify(measures));
  const { stdout } = spawnSync('oxlint', ['-c', config, '--format', 'json', ...folders], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  rmSync(folder, { recursive: true });
  const { diagnostics, number_of_files: files } = JSON.parse(stdout) as {
    diagnostics: Found[];
    number_of_files: number;
  };
  if (!files) throw new Error('oxlint looked at no file: it has measured nothing.');
  return diagnostics;
}

const isTest = (name: string) => /\.(test|spec)\.tsx?$/.test(name);

function codeFigures(): Figure[] {
  const files = globSync(`{${folders.join(',')}}/**/*.{ts,tsx,mjs}`, {
    cwd: root,
    exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name),
  });
  const lengths = files.map((name) => ({ name, lines: readFileSync(join(root, name), 'utf8').split('\n').length - 1 }));
  const sorted = lengths.toSorted((a, b) => b.lines - a.lines);
  const [longest] = sorted;
  const found = measured();
  const ofCode = (code: string) =>
    found.flatMap(({ code: one, message, filename }) =>
      one.includes(code) && !isTest(filename) ? [{ filename, count: Number(/\((\d+)\)/.exec(message)?.[1] ?? 0) }] : [],
    );
  const most = (code: string) => ofCode(code).toSorted((a, b) => b.count - a.count);
  const functions = most('max-lines-per-function');
  const parameters = most('max-params').filter(({ count }) => count >= 10);
  const { arrows } = featureArrows();
  return [
    { what: 'files, lines', seen: `${files.length}, ${sum(lengths.map(({ lines }) => lines))}`, target: '' },
    { what: 'median file', seen: `${sorted[sorted.length >> 1]!.lines} lines`, target: '' },
    { what: 'longest file', seen: `${longest!.lines} lines (${longest!.name})`, target: '400' },
    {
      what: 'longest function but of tests',
      seen: functions[0] ? `${functions[0].count} lines (${functions[0].filename})` : '40 lines at most',
      target: 'a screen',
    },
    { what: 'functions over 60 lines', seen: String(functions.filter(({ count }) => count > 60).length), target: '0' },
    { what: 'circles of imports', seen: String(ofCode('no-cycle').length), target: '0' },
    { what: 'arrows between features of the console', seen: String(arrows.length), target: '0' },
    {
      what: 'functions of ten arguments and more',
      seen: [String(parameters.length), ...parameters.map(({ filename, count }) => `${filename} ${count}`)].join('; '),
      target: '0',
    },
  ];
}

function weight(): Figure {
  const seen = new Set<number>();
  const bytes = globSync('{node_modules,{apps,packages}/*/node_modules,e2e/node_modules}/**', {
    cwd: root,
    exclude: (name) => packagedNode.test(name),
  }).map((name) => {
    const { ino, bytes: taken } = statOf(name);
    if (seen.has(ino)) return 0;
    seen.add(ino);
    return taken;
  });
  return {
    what: 'node_modules on the disk, without the packaged Node',
    seen: `${Math.round(sum(bytes) / 1024 / 1024)} MiB`,
    target: '530 MiB',
  };
}

function statOf(name: string) {
  const stat = lstatSync(join(root, name));
  return { ino: stat.ino, bytes: stat.blocks * 512 };
}

function loop(what: string, target: string, project: string, file: string): Figure {
  const before = performance.now();
  const { status } = spawnSync('vitest', ['run', '--project', project, file], { cwd: root, stdio: 'ignore' });
  const seconds = (performance.now() - before) / 1000;
  return { what, seen: status === 0 ? `${seconds.toFixed(1)} s` : 'failed', target };
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

const figures = [
  ...codeFigures(),
  weight(),
  ...(process.argv.includes('--loop')
    ? [
        loop('one file of pure tests', '2 s', 'packages/canonical-model', 'src/mapping/path.test.ts'),
        loop('one file of the api', '8 s', 'apps/api', 'src/http/customers/customers.test.ts'),
      ]
    : []),
];
for (const { what, seen, target } of figures) console.log(`${what}: ${seen}${target && `  (wanted: ${target})`}`);
