import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { LinkMade, User } from '@cinch/api-contract';
import { ButtonLink } from '../../components/link.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { useWholeList } from '../../components/table/listed.ts';
import { useMay } from '../../api/may.ts';
import { LinkShown } from './link-shown.tsx';
import { OpenUserAct } from './open-user-act.tsx';
import { usersQuery } from './queries.ts';
import { userColumns } from './user-columns.tsx';

const rowKey = ({ userId }: User) => userId;
const route = getRouteApi('/signed-in/users');

export function UserListPage() {
  const open = route.useSearch();
  const navigate = route.useNavigate();
  const users = useWholeList(useQuery(usersQuery), rowKey);
  const mayChange = useMay('POST /api/v1/users');
  const [made, setMade] = useState<LinkMade | null>(null);
  return (
    <PageFrame
      title="Users"
      lead="Who can log in, and what they may do. There is no mail: whoever is invited or lost a password gets a link from an admin, which works once."
    >
      <Stack gap="md">
        {made && <LinkShown made={made} onDone={() => setMade(null)} />}
        <Panel
          title="People"
          flush
          aside={
            mayChange && (
              <ButtonLink
                size="xs"
                from="/users"
                to="/users"
                search={(before) => ({ ...before, act: 'invite' })}
                resetScroll={false}
              >
                Invite a person
              </ButtonLink>
            )
          }
        >
          <ListTable
            label="Users"
            list={users}
            columns={userColumns(mayChange)}
            view={open}
            file="users"
            empty={{ title: 'Nobody is here yet' }}
          />
        </Panel>
        {mayChange && (
          <OpenUserAct
            open={open}
            user={users.rows.find(({ userId }) => userId === open.user)}
            onLink={setMade}
            onDone={() => void navigate({ search: ({ sort, hide }) => ({ sort, hide }), resetScroll: false })}
          />
        )}
      </Stack>
    </PageFrame>
  );
}
