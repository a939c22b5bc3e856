import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { copyCheckout } from '../checkout-copy.ts';
import type { ImageSteps } from './dockerfile.ts';

/** One line for each step that was taken, and how long it took. */
export type Step = <T>(name: string, work: () => T | Promise<T>) => Promise<T>;

/** As `docker build` would: the build stage in an empty folder, and of it what the last stage takes over in another, the `image`. */
export async function makeImage(steps: ImageSteps, place: { work: string; path: string; step: Step }): Promise<string> {
  const [built, image] = [join(place.work, 'build'), join(place.work, 'image')];
  const checkout = copyCheckout({ bare: true });
  try {
    mkdirSync(built);
    for (const step of steps.build) {
      if (step.kind === 'copy') {
        for (const source of step.sources) copyInto(checkout, source, built, step.to);
        continue;
      }
      const env = { ...ofMachine(), PATH: place.path, ...step.env };
      await place.step(`RUN ${step.command}`, () => {
        execFileSync('sh', ['-c', step.command], { cwd: built, stdio: ['ignore', 'ignore', 'inherit'], env });
      });
    }
    mkdirSync(image);
    chmodSync(image, 0o755);
    for (const path of steps.kept) renameSync(join(built, path), join(image, path));
    return image;
  } finally {
    // Nothing of what was built may be found by what runs in the image.
    rmSync(built, { recursive: true, force: true });
    rmSync(checkout, { recursive: true, force: true });
  }
}

/** How the machine reaches the registry, but nothing that the npm which runs this check says of this checkout. */
function ofMachine(): NodeJS.ProcessEnv {
  const left = Object.entries(process.env).filter(
    ([name]) => !/^(NODE_ENV$|INIT_CWD$|npm_(package|lifecycle|config_local))/.test(name),
  );
  return Object.fromEntries(left);
}

/** COPY puts what a folder holds into the target, and a file under its name where the target is a folder. */
function copyInto(checkout: string, source: string, built: string, to: string): void {
  const isFolder = statSync(join(checkout, source)).isDirectory();
  const target = join(built, to.endsWith('/') && !isFolder ? join(to, basename(source)) : to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(checkout, source), target, { recursive: true, verbatimSymlinks: true });
}
