import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { root } from './workspaces.ts';

const features = join('apps', 'web', 'src', 'features');
const imported = /(?:from|import\() *'(\.[^']+)'/g;

/** Which feature of the console imports from which other one, each pair once, as `overview → systems`. */
export function featureArrows(): { arrows: string[]; features: number } {
  const files = globSync(`${features}/*/**/*.{ts,tsx}`, { cwd: root });
  const featureOf = (path: string) => path.slice(features.length + 1).split(sep)[0]!;
  const arrows = new Set<string>();
  for (const file of files)
    for (const [, to] of readFileSync(join(root, file), 'utf8').matchAll(imported)) {
      const path = normalize(join(dirname(file), to!));
      if (path.startsWith(features + sep) && featureOf(path) !== featureOf(file))
        arrows.add(`${featureOf(file)} → ${featureOf(path)}`);
    }
  return { arrows: [...arrows].sort(), features: new Set(files.map(featureOf)).size };
}
