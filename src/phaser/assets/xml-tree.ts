/** An XML document as plain data, which a worker can be handed: pages hand over no documents, and workers have none. */
export interface XmlTree {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Elements, and the text between them. */
  readonly children: readonly (XmlTree | string)[];
}

/** What is told of a page's document: elements, attributes and text. */
export function xmlTree(element: Element): XmlTree {
  const children = [...element.childNodes].flatMap((node): (XmlTree | string)[] => {
    if (node.nodeType === node.ELEMENT_NODE) return [xmlTree(node as Element)];
    const isText = node.nodeType === node.TEXT_NODE || node.nodeType === node.CDATA_SECTION_NODE;
    return isText ? [node.textContent ?? ''] : [];
  });
  const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  return { tag: element.tagName, attributes, children };
}

/** As much of an element as games read. */
export class XmlElement {
  readonly nodeType = 1;
  readonly tagName: string;
  readonly nodeName: string;
  readonly childNodes: readonly (XmlElement | XmlText)[];
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  private readonly values: ReadonlyMap<string, string>;

  constructor({ tag, attributes, children }: XmlTree) {
    this.tagName = tag;
    this.nodeName = tag;
    this.values = new Map(Object.entries(attributes));
    this.attributes = [...this.values].map(([name, value]) => ({ name, value }));
    this.childNodes = children.map((child) =>
      typeof child === 'string' ? new XmlText(child) : new XmlElement(child),
    );
  }

  get children(): readonly XmlElement[] {
    return this.childNodes.filter((node) => node instanceof XmlElement);
  }

  get textContent(): string {
    return this.childNodes.map(({ textContent }) => textContent).join('');
  }

  getAttribute(name: string): string | null {
    return this.values.get(name) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.values.has(name);
  }

  /** In the order in which they are written; `*` stands for any. */
  getElementsByTagName(tag: string): readonly XmlElement[] {
    return this.children.flatMap((child) => [
      ...(tag === '*' || child.tagName === tag ? [child] : []),
      ...child.getElementsByTagName(tag),
    ]);
  }
}

class XmlText {
  readonly nodeType = 3;
  readonly nodeName = '#text';
  readonly textContent: string;

  constructor(text: string) {
    this.textContent = text;
  }
}

/** As much of a document as games read. */
export class XmlDocument {
  readonly nodeType = 9;
  readonly documentElement: XmlElement;

  constructor(tree: XmlTree) {
    this.documentElement = new XmlElement(tree);
  }

  get childNodes(): readonly XmlElement[] {
    return [this.documentElement];
  }

  getElementsByTagName(tag: string): readonly XmlElement[] {
    const { documentElement } = this;
    const isRoot = tag === '*' || documentElement.tagName === tag;
    return [...(isRoot ? [documentElement] : []), ...documentElement.getElementsByTagName(tag)];
  }
}
