import { linkMade, userList, type LinkMade, type Role, type User, type userInvite } from '@cinch/api-contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { tableView } from '../../components/table/table-view.ts';

/** What is about to be done, and to whom: in the URL. */
export const userAct = z.object({
  act: z.enum(['invite', 'role', 'link', 'disable', 'enable', 'remove']).optional().catch(undefined),
  user: z.string().optional().catch(undefined),
  ...tableView,
});
export type UserAct = z.infer<typeof userAct>;

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => (await read('/users', userList, {}, signal)).users,
});

export function useInvite() {
  return useUserChange((person: z.infer<typeof userInvite>): Promise<LinkMade> => {
    return write('POST', '/users', person, linkMade);
  });
}

export function useMakeLink({ userId }: User) {
  return useUserChange((): Promise<LinkMade> => write('POST', `/users/${userId}/link`, undefined, linkMade));
}

export function useSetRole({ userId }: User) {
  return useUserChange((role: Role) => write('PUT', `/users/${userId}/role`, { role }));
}

export function useSetState({ userId }: User) {
  return useUserChange((act: 'disable' | 'enable' | 'remove') =>
    act === 'remove' ? write('DELETE', `/users/${userId}`) : write('POST', `/users/${userId}/${act}`),
  );
}

function useUserChange<Wish, Answer>(mutationFn: (wish: Wish) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queryClient.invalidateQueries(usersQuery) });
}
