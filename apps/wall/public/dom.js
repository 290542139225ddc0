const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; text is always text, never markup, because names come from outside. */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for a drawing. */
export function shape(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

export const byId = (id) => document.getElementById(id);

export function show(node, visible) {
  node.hidden = !visible;
}

/** Keeps the children of `parent` in step with `items`: nodes of known keys stay, so that they can move and be read. */
export function keyed(parent, items, { key, create, update }) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => {
    const name = String(key(item));
    const node = known.get(name) ?? Object.assign(create(item), {});
    node.dataset.key = name;
    update?.(node, item);
    known.delete(name);
    return node;
  });
  known.forEach((node) => node.remove());
  wanted.forEach((node, n) => {
    if (parent.children[n] !== node) parent.insertBefore(node, parent.children[n] ?? null);
  });
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(name, value);
  node.append(...children);
  return node;
}
