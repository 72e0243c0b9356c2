// The picture: hands the document and the step to its <computation-graph>.

export class Picture {
  constructor(root, player) {
    this.root = root;
    this.player = player;
  }

  render() {
    const { document, step } = this.player;
    if (!document) return;
    if (this.root.document !== document) {
      this.root.step = step;
      this.root.document = document;
      this.root.replaceChildren();
    }
    this.root.step = step;
  }
}
