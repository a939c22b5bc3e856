import {
  ruleSubjectList,
  rulesPreview,
  rulesVersionList,
  survivorshipRules,
  type RulesPreview,
} from '@cinch/api-contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { useSystemName } from '../../api/systems.ts';
import type { Draft } from '../../components/versions/use-draft.ts';
import type { RuleDocument } from './rule-shape.ts';
import type { Names } from './rule-words.ts';

export const rulesTabs = ['now', 'draft', 'versions'] as const;

/** `version`: the one that is looked at beside the one in force. */
export const rulesView = z.object({
  tab: z.enum(rulesTabs).default('now').catch('now'),
  version: z.int().nonnegative().optional().catch(undefined),
});

/** The version in force. */
export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => read('/rules/survivorship', survivorshipRules, {}, signal),
});

export const rulesVersionsQuery = queryOptions({
  queryKey: ['rules', 'versions'],
  queryFn: async ({ signal }) => (await read('/rules/survivorship/versions', rulesVersionList, {}, signal)).versions,
});

/** A version never changes. */
export const rulesVersionQuery = (version: number) =>
  queryOptions({
    queryKey: ['rules', 'versions', version],
    queryFn: ({ signal }) => read(`/rules/survivorship/versions/${version}`, survivorshipRules, {}, signal),
    staleTime: Infinity,
  });

export const ruleSubjectsQuery = queryOptions({
  queryKey: ['rules', 'attributes'],
  queryFn: async ({ signal }) => (await read('/rules/survivorship/attributes', ruleSubjectList, {}, signal)).subjects,
  staleTime: Infinity,
});

/** What systems and attributes are called; by their codes until that is known. */
export function useNames(): Names {
  const subjects = useQuery(ruleSubjectsQuery).data ?? [];
  const system = useSystemName();
  return { system, attribute: (id) => subjects.find((one) => one.attribute === id)?.label ?? id };
}

export type RulesDraft = Draft<RuleDocument, RulesPreview>;

export function foreseeRules(document: unknown): Promise<RulesPreview> {
  return write('POST', '/rules/survivorship/preview', { document }, rulesPreview);
}

export function usePublishRules() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (rules: { document: unknown; reason: string; baseVersion: number; count: number }) =>
      write('PUT', '/rules/survivorship', rules, survivorshipRules),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
