import { Module } from '@nestjs/common';
import { InboxStore } from './inbox.store.ts';
import { LinesStore } from './lines.store.ts';

@Module({ providers: [InboxStore, LinesStore], exports: [InboxStore, LinesStore] })
export class InboxModule {}
