/** What the Dockerfile does, as far as a check without Docker needs it. */
export interface ImageSteps {
  /** Of the build stage, in order: files of the checkout that are copied, and commands with what is set for them. */
  build: (
    { kind: 'copy'; sources: string[]; to: string } | { kind: 'run'; command: string; env: Record<string, string> }
  )[];
  /** Of the last stage: what it takes over from the build, as paths in its folder. */
  kept: string[];
  env: Record<string, string>;
  user: string;
  command: string[];
}

/** Knows the lines that our Dockerfile has; throws at any other, so that none is left out in silence. */
export function readDockerfile(text: string): ImageSteps {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const last = lines.findLastIndex((line) => line.startsWith('FROM '));
  const steps: ImageSteps = { build: [], kept: [], env: {}, user: 'root', command: [] };
  let env: Record<string, string> = {};
  for (const line of lines.slice(0, last)) {
    const [step, rest] = parted(line);
    if (step === 'RUN') steps.build.push({ kind: 'run', command: rest, env });
    else if (step === 'ENV') env = { ...env, ...variables(rest) };
    else if (step === 'COPY') {
      const words = rest.split(' ');
      steps.build.push({ kind: 'copy', sources: words.slice(0, -1), to: words.at(-1)! });
    } else if (!['ARG', 'FROM', 'WORKDIR'].includes(step)) throw new Error(`No check knows this line: ${line}`);
  }
  for (const line of lines.slice(last)) {
    const [step, rest] = parted(line);
    if (step === 'COPY') steps.kept.push(takenOver(line));
    else if (step === 'ENV') steps.env = { ...steps.env, ...variables(rest) };
    else if (step === 'USER') steps.user = rest;
    else if (step === 'CMD') steps.command = JSON.parse(rest) as string[];
    else if (line !== dataFolder && !['FROM', 'WORKDIR', 'VOLUME', 'EXPOSE'].includes(step))
      throw new Error(`No check knows this line: ${line}`);
  }
  return steps;
}

/** The one command of the last stage: the check makes that folder too. */
const dataFolder = 'RUN mkdir /data && chown node:node /data';

function parted(line: string): [step: string, rest: string] {
  const [, step = '', rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
  return [step, rest];
}

function variables(text: string): Record<string, string> {
  return Object.fromEntries(text.split(' ').map((pair) => pair.split('=') as [string, string]));
}

function takenOver(line: string): string {
  const [, from, to] = /^COPY --from=build \/cinch\/(\S+) \.\/(\S+)$/.exec(line) ?? [];
  if (from === undefined || from !== to)
    throw new Error(`The image takes something from elsewhere or under another name: ${line}`);
  return from;
}
