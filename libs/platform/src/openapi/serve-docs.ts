import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { Config } from '../config/config';
import { openApiDocument } from './document';

/** `/docs` for people, from files that come with the product, and `/openapi.json` for programs. Made when first asked for. */
export function serveDocs(app: NestFastifyApplication, config: Config): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app, config), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'New Retail API',
    swaggerOptions: { displayRequestDuration: true, docExpansion: 'none', persistAuthorization: true },
  });
}
