import type { Cell, Show, ShownArm } from '@cinch/lab';
import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { systemsQuery, useSystemName } from '../../api/systems.ts';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { DaysPanel } from './days-panel.tsx';
import { DialPanel } from './dial-panel.tsx';
import { DriftPanel } from './drift-panel.tsx';
import { FiguresPanel } from './figures-panel.tsx';
import { HeatPanel } from './heat-panel.tsx';
import { LabForm } from './lab-form.tsx';
import { StoryPanel } from './story-panel.tsx';
import { ToldPanel } from './told-panel.tsx';
import { useLabWork } from './use-lab-work.ts';

/** Ways of keeping two systems in step, played side by side on the hub's own mappings and rules. */
export function LabPage() {
  const systems = useQuery(systemsQuery);
  return (
    <PageFrame
      title="Lab"
      lead="Which way of keeping two systems in step leaves how much apart? Played here on your own mappings and rules, with invented customers; nothing is written anywhere."
    >
      <Stack gap={6} maw="46rem">
        <Text size="sm">
          Two systems that tell each other of every change drift apart even when every message arrives: two models hear
          the same words and take different actions. What one of them cannot say comes back shorter, and is believed.
        </Text>
        <Text size="sm">
          Asking the owner each time has one truth, and its outages. A complete refresh every few days puts right
          whatever was lost or misread in between, at a price that can be chosen: that is what the dial below is for.
        </Text>
      </Stack>
      <Loaded query={systems}>{(all) => <Lab codes={all.map(({ code }) => code)} />}</Loaded>
    </PageFrame>
  );
}

function Lab({ codes }: { codes: readonly string[] }) {
  const work = useLabWork('show');
  const show = work.result?.show;
  // Another play, in whatever it differs, has other days, stories and dials than the one before.
  const played = useMemo(() => JSON.stringify(show?.input), [show]);
  return (
    <>
      <LabForm codes={codes} work={work} />
      {work.failure && (
        <Alert color="red" title="It could not be played" role="alert">
          {work.failure}
        </Alert>
      )}
      {show && <Shown key={played} show={show} />}
    </>
  );
}

/** A cell of one arm on one day, whose story is asked for. */
export interface Picked {
  arm: ShownArm;
  cell: Cell;
  day: number;
}

function Shown({ show }: { show: Show }) {
  const nameOf = useSystemName();
  const names: [string, string] = [nameOf(show.codes[0]), nameOf(show.codes[1])];
  const [day, setDay] = useState(show.input.days);
  const [picked, setPicked] = useState<Picked | null>(null);
  return (
    <>
      <DaysPanel show={show} names={names} day={day} onDay={setDay} />
      <DriftPanel show={show} day={day} />
      <ToldPanel show={show} />
      <HeatPanel show={show} names={names} day={day} picked={picked} onPick={setPicked} />
      {picked && <StoryPanel show={show} names={names} picked={picked} />}
      <DialPanel show={show} />
      <FiguresPanel show={show} />
    </>
  );
}
