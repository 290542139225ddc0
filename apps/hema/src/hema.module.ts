import { Module } from '@nestjs/common';
import { answers, eventSourced, handles } from '#libs/eventsourcing';
import { PriceListHttp } from './catalog/price-list.http';
import { findPrice, FindPrice, listingFor, priceListView } from './catalog/price-list.view';
import { CreateHemaViews1700000000001 } from './migrations/1700000000001-create-hema-views';
import { PriceBundles1700000000002 } from './migrations/1700000000002-price-bundles';
import { documentView, findDocument, FindDocument } from './sales/document.view';
import { RecordReturn, recordReturn } from './sales/record-return';
import { RecordSale, recordSale } from './sales/record-sale';
import { returnedView, returnFacts } from './sales/returned.view';
import { SalesHttp } from './sales/sales.http';
import { CloseShift, closeShift } from './shifts/close-shift';
import { OpenShift, openShift } from './shifts/open-shift';
import { shift } from './shifts/shift';
import { ShiftsHttp } from './shifts/shifts.http';

@Module(
  eventSourced({
    service: 'hema',
    migrations: [CreateHemaViews1700000000001, PriceBundles1700000000002],
    commands: [
      handles(shift, OpenShift, openShift, (c) => c.shiftId),
      handles(shift, CloseShift, closeShift, (c) => c.shiftId),
      handles(shift, RecordSale, { given: listingFor, decide: recordSale }, (c) => c.shiftId),
      handles(shift, RecordReturn, { given: returnFacts, decide: recordReturn }, (c) => c.shiftId),
    ],
    views: [priceListView, documentView, returnedView],
    queries: [answers(FindPrice, findPrice), answers(FindDocument, findDocument)],
    controllers: [ShiftsHttp, SalesHttp, PriceListHttp],
  }),
)
export class HemaModule {}
