package dev.mneme.lab.run;

import dev.mneme.edit.base.EditorConfig;
import dev.mneme.memory.generator.GeneratorConfig;

/**
 * The shape of the functional memory's generator.
 *
 * @param rank of the adapters, of the shared LoRA's too
 * @param width of its transformer
 * @param head width of an attention head
 * @param blocks of its transformer
 * @param fold rank rows in one vector
 * @param token width of a parameter token; 0 for the base's width
 */
public record GeneratorShape(int rank, int width, int head, int blocks, int fold, int token) {
  /** As shipped. */
  public static final GeneratorShape STANDARD = new GeneratorShape(8, 256, 64, 2, 4, 0);

  /** Half as wide as what is shipped. */
  public static final GeneratorShape HALF = new GeneratorShape(8, 128, 32, 2, 4, 0);

  /** Learns something in a minute. */
  public static final GeneratorShape SMALL = new GeneratorShape(8, 64, 32, 1, 8, 0);

  /** The configuration for a base. */
  public GeneratorConfig of(EditorConfig editor) {
    return GeneratorConfig.builder(editor.layout(rank), editor.width())
        .tokenDim(token == 0 ? editor.width() : token)
        .alpha(rank / 4.0) // as the shipped one: larger changes at first undo what the base knows
        .dimAccumulation(fold)
        .dModel(width)
        .headDim(head)
        .blocks(blocks)
        .build();
  }

  public GeneratorShape withRank(int value) {
    return new GeneratorShape(value, width, head, blocks, Math.min(fold, value), token);
  }

  public GeneratorShape withWidth(int value) {
    return new GeneratorShape(rank, value, Math.min(head, value), blocks, fold, token);
  }

  public GeneratorShape withBlocks(int value) {
    return new GeneratorShape(rank, width, head, value, fold, token);
  }

  public GeneratorShape withToken(int value) {
    return new GeneratorShape(rank, width, head, blocks, fold, value);
  }

  /** For names of folders. */
  public String key() {
    return "r%dw%db%df%dt%d".formatted(rank, width, blocks, fold, token);
  }
}
