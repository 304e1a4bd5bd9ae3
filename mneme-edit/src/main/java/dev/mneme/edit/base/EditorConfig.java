package dev.mneme.edit.base;

import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import java.util.List;

/**
 * Shape of the base editor.
 *
 * @param width d, width of a token
 * @param layers number of equal blocks
 * @param headDim width of one attention head; divides {@code width}
 * @param patch side of the square of pixels that one token stands for
 * @param tile side of the square of pixels that one forward edits; a multiple of {@code 4 * patch}
 * @param mixWidth m, width of the tokens that neighbours exchange
 * @param mlpWidth width inside the gated feed-forward
 * @param lens K, pixel features that the paint coefficients mix; more than the 38 that are known
 *     without learning
 * @param cells paint coefficient cells along one side of a patch; {@code patch / cells} is even
 */
public record EditorConfig(
    int width,
    int layers,
    int headDim,
    int patch,
    int tile,
    int mixWidth,
    int mlpWidth,
    int lens,
    int cells) {

  /** Version of the weights' layout; raised when a change makes older weights unusable. */
  public static final int FORMAT = 3;

  /** Side of the square of pooled image tokens that describe a whole picture. */
  public static final int CONTEXT_SIDE = 4;

  /** Where each kind of adapted layer stands in a block. */
  public static final String MIX_DOWN = "mix.down_proj";

  public static final String MIX_UP = "mix.up_proj";
  public static final String QKV = "self_attn.qkv_proj";
  public static final String O = "self_attn.o_proj";
  public static final String GATE_UP = "mlp.gate_and_up_proj";
  public static final String DOWN = "mlp.down_proj";
  public static final String PAINT = "paint.proj";
  public static final String MIX = "paint.mix_proj";

  /** Where a second mix stands, after all blocks. */
  public static final String SECOND = "second.mix_proj";

  public EditorConfig {
    if (width % headDim != 0
        || tile % (CONTEXT_SIDE * patch) != 0
        || patch % (2 * cells) != 0
        || tile % 8 != 0) {
      throw new IllegalArgumentException(
          "width must be a multiple of headDim, tile of %d * patch and of 8, patch of 2 * cells; found width %d, headDim %d, tile %d, patch %d, cells %d"
              .formatted(CONTEXT_SIDE, width, headDim, tile, patch, cells));
    }
    if (lens < PixelFeatures.COUNT + 1) {
      throw new IllegalArgumentException(
          "lens must be at least %d, found %d".formatted(PixelFeatures.COUNT + 1, lens));
    }
  }

  /** The shape that is shipped. */
  public static EditorConfig standard() {
    return new EditorConfig(192, 5, 64, 8, 128, 48, 448, 52, 2);
  }

  /** A shape small enough for tests: everything is there, nothing is good. */
  public static EditorConfig tiny() {
    return new EditorConfig(32, 2, 16, 8, 32, 8, 48, 40, 2);
  }

  /** Tokens along one side of a tile. */
  public int side() {
    return tile / patch;
  }

  /** Number of attention heads. */
  public int heads() {
    return width / headDim;
  }

  /** Side of a cell in pixels. */
  public int cell() {
    return patch / cells;
  }

  /** Coefficients that every block paints for one token: cells, colours, features. */
  public int paintWidth() {
    return cells * cells * cellWidth();
  }

  /** Coefficients of one cell: colours, features. */
  public int cellWidth() {
    return 3 * lens;
  }

  /**
   * Every linear layer that an adapter may rewrite, in every block alike. Two paint: {@link #PAINT}
   * reads the tokens, and what it adds is the same for all cells of a patch; {@link #MIX} reads the
   * lens' features themselves, everywhere alike, and stands in no base. {@link #SECOND}, which an
   * adapter may leave out, mixes once more after all blocks, see {@link SecondLook}.
   */
  public AdapterLayout layout(int rank) {
    return new AdapterLayout(
        "blocks.",
        layers,
        rank,
        List.of(
            new AdapterSite(MIX_DOWN, width, mixWidth, 0),
            new AdapterSite(MIX_UP, 9 * mixWidth, width, 0),
            new AdapterSite(QKV, width, 3 * width, 0),
            new AdapterSite(O, width, width, 0),
            new AdapterSite(GATE_UP, width, 2 * mlpWidth, 0),
            new AdapterSite(DOWN, mlpWidth, width, 0),
            new AdapterSite(PAINT, width, cellWidth(), 0),
            new AdapterSite(MIX, lens, 3, 0)),
        List.of(new AdapterSite(SECOND, SecondLook.width(this), 3, 0)));
  }
}
