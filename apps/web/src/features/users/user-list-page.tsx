import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { LinkMade } from '@cinch/api-contract';
import { DataTable } from '../../components/data-table.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { useMay } from '../session/may.ts';
import { LinkShown } from './link-shown.tsx';
import { OpenUserAct } from './open-user-act.tsx';
import { usersQuery } from './queries.ts';
import { userColumns } from './user-columns.tsx';

const route = getRouteApi('/signed-in/users');

export function UserListPage() {
  const open = route.useSearch();
  const navigate = route.useNavigate();
  const users = useQuery(usersQuery);
  const mayChange = useMay('POST /api/v1/users');
  const [made, setMade] = useState<LinkMade | null>(null);
  return (
    <PageFrame
      title="Users"
      lead="Who can log in, and what they may do. There is no mail: whoever is invited or lost a password gets a link from you, which works once."
    >
      <Stack gap="md">
        {made && <LinkShown made={made} onDone={() => setMade(null)} />}
        <Panel
          title="People"
          flush
          aside={
            mayChange && (
              <ButtonLink size="xs" to="." search={{ act: 'invite' }} resetScroll={false}>
                Invite a person
              </ButtonLink>
            )
          }
        >
          <Loaded query={users}>
            {(list) => (
              <>
                <DataTable
                  label="Users"
                  columns={userColumns(mayChange)}
                  rows={list}
                  rowKey={({ userId }) => userId}
                  empty={{ title: 'Nobody is here yet' }}
                />
                {mayChange && (
                  <OpenUserAct
                    open={open}
                    user={list.find(({ userId }) => userId === open.user)}
                    onLink={setMade}
                    onDone={() => void navigate({ search: {}, resetScroll: false })}
                  />
                )}
              </>
            )}
          </Loaded>
        </Panel>
      </Stack>
    </PageFrame>
  );
}
