import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dispatch, Streams } from '#libs/eventsourcing';
import { pageOf, pageRequest, versioned, Write, written, type Answer, type Page, type WriteRequest } from '#libs/platform';
import { ListProduct } from './list-product';
import { asUnitPrice } from './price';
import { product, unknownSku, type Product } from './product';
import { ListProducts, type ProductRow } from './product.view';

type Listed = { sku: string } & NonNullable<Product>;

function resource(sku: string, state: Product): Listed {
  if (!state) throw unknownSku(sku, 'not-found');
  return { sku, ...state };
}

function listed({ sku, name, kind, components, ...price }: ProductRow): Listed {
  return { sku, name, kind, price: asUnitPrice(price), ...(components && { components }) };
}

@ApiTags('storefront')
@Controller('storefront/products')
export class CatalogHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly streams: Streams,
  ) {}

  /**
   * Its price holds in every channel. `If-Match` guards against overwriting what somebody else changed. 422 `invalid-sku`,
   * `nested-bundle` or `service-bundle`.
   */
  @Put(':sku')
  @ApiOperation({ summary: 'List a product, or change its name, kind, price or components' })
  async put(@Param('sku') sku: string, @Body() command: ListProduct, @Write() write: WriteRequest): Promise<Answer> {
    command.sku = sku;
    const outcome = await dispatch<Product>(this.commands, command, write);
    return written(outcome, resource(sku, outcome.state));
  }

  /** 404 `unknown-sku` when it is not listed; case matters. */
  @Get(':sku')
  @ApiOperation({ summary: 'One product' })
  async find(@Param('sku') sku: string): Promise<Answer> {
    const { state, version } = await this.streams.read(product, sku);
    return versioned(version, resource(sku, state));
  }

  /** In order of their SKUs. */
  @Get()
  @ApiOperation({ summary: 'The catalog, page by page' })
  async list(@Query() query: { cursor?: string; limit?: string }): Promise<Page<Listed>> {
    const { after, limit, take } = pageRequest(query);
    const rows = await this.queries.execute<ListProducts, ProductRow[]>(new ListProducts(String(after?.[0] ?? ''), take));
    return pageOf(rows.map(listed), limit, ({ sku }) => [sku]);
  }
}
