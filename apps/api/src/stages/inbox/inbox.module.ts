import { Module } from '@nestjs/common';
import { InboxStore } from './inbox.store.ts';

@Module({ providers: [InboxStore], exports: [InboxStore] })
export class InboxModule {}
