import { Module } from '@nestjs/common';
import { MappingsStore } from './mappings.store.ts';

@Module({ providers: [MappingsStore], exports: [MappingsStore] })
export class MappingsModule {}
