import type { ReactNode } from 'react';
import type { CellValue } from './export-text.ts';

export interface Column<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
  width?: string;
  /** Figures stand right, so that their digits stand below each other. */
  figure?: boolean;
  /** What the cell says, as a text or a figure: exported, and sorted by where the whole list is here. */
  value?: (row: Row) => CellValue;
  /** As what the hub sorts the whole list by this column, where an index makes that cheap. */
  sort?: string;
}
