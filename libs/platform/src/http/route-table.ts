interface Route {
  pattern: RegExp;
  methods: Set<string>;
}

/** The routes that are served, to tell a wrong method from an unknown path. Only failed requests ever look. */
export class RouteTable {
  private readonly routes = new Map<string, Route>();

  add(url: string, method: string | readonly string[]): void {
    const route = this.routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    this.routes.set(url, route);
    for (const name of [method].flat()) route.methods.add(name);
  }

  /** The methods that a path answers; none when it is unknown. */
  methodsOf(path: string): string[] {
    const methods = [...this.routes.values()].filter(({ pattern }) => pattern.test(path)).flatMap((route) => [...route.methods]);
    return [...new Set(methods)].sort();
  }
}

/** `/orders/:id/cancel` and `/docs/*` as regular expressions. */
function patternOf(url: string): RegExp {
  const segments = url.split('/').map((segment) => {
    if (segment.startsWith(':')) return '[^/]+';
    return segment === '*' ? '.*' : literal(segment);
  });
  return new RegExp(`^${segments.join('/')}$`);
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
