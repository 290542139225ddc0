const text = (description: string): object => ({ type: 'string', description });
const integer = (description: string): object => ({ type: 'integer', minimum: 0, description });
const time = (description: string): object => ({ type: 'string', format: 'date-time', description });

/** What all events have in common: CloudEvents 1.0 in structured mode, with extension attributes that say where an event stands. */
export const CLOUD_EVENT = {
  type: 'object',
  required: [
    ...['specversion', 'id', 'type', 'source', 'subject', 'time', 'datacontenttype', 'lane', 'position', 'streamversion'],
    ...['recordedtime', 'commandid', 'actor', 'hash', 'data'],
  ],
  properties: {
    specversion: { const: '1.0' },
    id: text('Unique: source, lane and position. Whoever has seen it has seen the event.'),
    type: text('Namespace, service, event type and schema version.'),
    source: text('The service whose log it is.'),
    subject: text('The stream: what it happened to. The key of the message.'),
    time: time('When it happened.'),
    datacontenttype: { const: 'application/json' },
    lane: integer('The partition: events of a lane are in order.'),
    position: { ...integer('Dense from 1 in its lane: a gap is an event that has not come yet.'), minimum: 1 },
    streamversion: { ...integer('Dense from 1 in its stream.'), minimum: 1 },
    recordedtime: time('When the log took it.'),
    commandid: text('The command that it follows from.'),
    actor: text('Who asked for it.'),
    hash: { ...text('SHA-256 of the event and of the hash before it in its lane.'), pattern: '^[0-9a-f]{64}$' },
    data: { type: 'object' },
  },
};
