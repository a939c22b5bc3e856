import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');

/** Every folder with TypeScript of its own, as paths from the root. */
export function typescriptProjects(): string[] {
  return globSync(['packages/*', 'apps/*', 'e2e', 'scripts', 'bench'], { cwd: root })
    .filter((path) => existsSync(join(root, path, 'tsconfig.json')))
    .toSorted();
}
