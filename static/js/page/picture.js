// The picture: hands the document and the step to its <computation-graph>, and tells where it is pointed at.

export class Picture {
  constructor(root, player) {
    this.root = root;
    this.player = player;
    for (const name of ["pointerover", "focusin"]) {
      root.addEventListener(name, (event) => player.point(nodeOf(event)));
    }
    for (const name of ["pointerleave", "focusout"]) root.addEventListener(name, () => player.point(null));
    player.addPointer((id) => (root.pointed = id));
  }

  render() {
    const { document, step, pointed } = this.player;
    if (!document) return;
    if (this.root.document !== document) {
      this.root.step = step;
      this.root.document = document;
      this.root.replaceChildren();
      this.root.pointed = pointed;
    }
    this.root.step = step;
  }
}

function nodeOf(event) {
  const group = event.composedPath().find((element) => element.classList?.contains("node"));
  return group ? group.id.slice("node_".length) : null;
}
