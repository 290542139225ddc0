interface Erasure {
  customer: string;
  /** The ids of the keys with which their personal data was sealed; none when there was no such data. */
  keys: string[];
}

/** Stream `customer:<id>` of `storefront`: what a customer wants done with what is known of them. */
export interface CustomerEvents {
  /** A customer shall be forgotten. Their keys are destroyed next; what is sealed later gets a key of its own. */
  CustomerErasureRequested: Erasure;
  /** The keys are gone: whatever was sealed with them, wherever it is, is unreadable for good. Whoever keeps copies drops them. */
  CustomerErased: Erasure;
}
