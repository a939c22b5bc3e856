// Typechecks every project, two at a time. What an earlier check of the same files found out is kept, and spares most of the next one.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, typescriptProjects } from './workspaces.ts';

const waiting = typescriptProjects();
const failed: string[] = [];
if (waiting.length === 0) throw new Error('No tsconfig.json was found: the typecheck would have seen nothing.');
console.log(`Typechecking ${waiting.join(', ')}`);

function typecheck(project: string): Promise<void> {
  return new Promise((done) => {
    const found = join(root, 'node_modules', '.cache', 'types', `${project.replaceAll('/', '-')}.tsbuildinfo`);
    const kept = ['--incremental', '--tsBuildInfoFile', found];
    const tsc = spawn('tsc', ['-p', project, '--noEmit', '--pretty', 'false', ...kept], {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    tsc.once('exit', (code) => {
      if (code !== 0) failed.push(project);
      done();
    });
  });
}

async function work(): Promise<void> {
  for (let project = waiting.shift(); project; project = waiting.shift()) await typecheck(project);
}

await Promise.all([work(), work()]);
if (failed.length > 0) {
  console.error(`Types do not fit in ${failed.join(', ')}.`);
  process.exitCode = 1;
}
