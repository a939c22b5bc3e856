import { Module } from '@nestjs/common';
import { PipelineModule } from '../pipeline/pipeline.module.ts';
import { MappingsModule } from '../stages/mappings/mappings.module.ts';
import { SystemsModule } from '../stages/systems/systems.module.ts';
import { DemoRefreshes } from './demo-refreshes.ts';
import { Demo } from './demo.ts';

@Module({ imports: [PipelineModule, SystemsModule, MappingsModule], providers: [Demo, DemoRefreshes], exports: [Demo] })
export class DemoModule {}
