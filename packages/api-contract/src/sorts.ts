// By what the hub sorts a whole list, its own order first; after a hyphen what falls. Only what makes the last page as cheap as the
// first one is offered: each follows an identity, which rises with time. The causes of errors are counted anew for every page anyway.

export const conflictSorts = ['-opened', 'opened'] as const;
export const requestSorts = ['-opened', 'opened'] as const;
export const takeBackSorts = ['-made', 'made'] as const;
export const holdSorts = ['-opened', 'opened'] as const;
export const pinSorts = ['-made', 'made'] as const;
export const causeSorts = ['-last', 'last', '-entries', 'entries'] as const;
export const entrySorts = ['-at', 'at'] as const;
export const runSorts = ['-started', 'started'] as const;
export const timelineSorts = ['-filed', 'filed'] as const;
export const auditSorts = ['-at', 'at'] as const;
