import { Module } from '@nestjs/common';
import { AcceptanceStore } from './acceptance.store.ts';
import { InboxStore } from './inbox.store.ts';
import { LinesStore } from './lines.store.ts';
import { StreamedStore } from './streamed.store.ts';

const stores = [AcceptanceStore, InboxStore, LinesStore, StreamedStore];

@Module({ providers: stores, exports: stores })
export class InboxModule {}
