import { Controller, Get, Header, NotFoundException, Param, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readPages } from './pages';

/** Nothing is loaded from elsewhere: the page works offline, and what is not ours cannot run in it. */
const OWN_FILES_ONLY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const ALWAYS_ASK = 'no-cache';

/** The live page: what every channel sells, what is in stock, and how fresh that is. */
@ApiExcludeController()
@Controller()
export class WallHttp {
  private readonly pages = readPages();

  @Get()
  @Header('content-security-policy', OWN_FILES_ONLY)
  @Header('cache-control', ALWAYS_ASK)
  index(): StreamableFile {
    return this.send('index.html');
  }

  /** A file of the page; 404 for any other name. */
  @Get('wall/:file')
  @Header('cache-control', ALWAYS_ASK)
  file(@Param('file') file: string): StreamableFile {
    return this.send(file);
  }

  private send(name: string): StreamableFile {
    const page = this.pages.get(name);
    if (!page) throw new NotFoundException(`The page has no file ${name}.`);
    return new StreamableFile(page.content, { type: page.type, length: page.content.length });
  }
}
