import { Module } from '@nestjs/common';
import { WallHttp } from './wall.http';

/** The page at `/`. It holds nothing: everything on it comes from the services' public APIs. */
@Module({ controllers: [WallHttp] })
export class WallModule {}
