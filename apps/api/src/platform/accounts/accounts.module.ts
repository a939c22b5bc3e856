import { Module } from '@nestjs/common';
import { Accounts } from './accounts.ts';
import { AdminToken } from './admin-token.ts';
import { FirstStart } from './first-start.ts';
import { LinksStore } from './links.store.ts';
import { RowlessSessions } from './rowless-sessions.ts';
import { SessionsStore } from './sessions.store.ts';
import { UsersStore } from './users.store.ts';

const parts = [Accounts, AdminToken, FirstStart, UsersStore, LinksStore, SessionsStore, RowlessSessions];

@Module({ providers: parts, exports: parts })
export class AccountsModule {}
