/** Why a golden record moved, for its history: in the record's own words, no values. */
export type Cause =
  | {
      kind: 'push' | 'heard' | 'receipt';
      system: string;
      sourceId: string | null;
      batchId: number | null;
      runId: number | null;
    }
  | { kind: 'choice' | 'undo'; by: string; reason: string; conflictId: number; decisionId: number };
