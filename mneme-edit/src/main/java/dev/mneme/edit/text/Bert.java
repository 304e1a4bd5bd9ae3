package dev.mneme.edit.text;

/** The pretrained BERTs whose files are on the class path, 8-bit. */
public enum Bert {
  /** all-MiniLM-L6-v2, English. */
  MINILM("/all-minilm-l6-v2-q", 384, 6, 12),
  /** bge-small-en-v1.5, English, twice as deep. */
  BGE_EN("/bge-small-en-v1.5-q", 384, 12, 12),
  /** bge-small-zh-v1.5, Chinese. */
  BGE_ZH("/bge-small-zh-v1.5-q", 512, 4, 8);

  private final String file;
  private final int width;
  private final int layers;
  private final int heads;

  Bert(String file, int width, int layers, int heads) {
    this.file = file;
    this.width = width;
    this.layers = layers;
    this.heads = heads;
  }

  /** What its files' names begin with. */
  String file() {
    return file;
  }

  /** Width of a token state. */
  public int width() {
    return width;
  }

  int layers() {
    return layers;
  }

  int heads() {
    return heads;
  }
}
