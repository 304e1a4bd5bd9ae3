package dev.mneme.edit.base;

import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A second mix of features, the same for all pixels, that sees the tile as it was and what a first
 * edit made of it. Two mixes in turn do what one cannot: calm what the first one raised, and tell
 * an edge from noise by what the first one made of it.
 *
 * <p>F features of every pixel:
 *
 * <ul>
 *   <li>those of the {@link Lens} of the source (K)
 *   <li>those of the edited tile, no brighter than white and no darker than black (K)
 *   <li>what of the edit lay beyond these (3)
 *   <li>for each colour sums over the source's pixels around that lie alike, at the same two
 *       distances across and down in either order (3 * 36). A mix of these is any filter of 15 x 15
 *       pixels that looks the same from all sides, so the inverse of a blur
 * </ul>
 */
final class SecondLook {
  /** How far a pixel sees, across and down. */
  private static final int REACH = 7;

  private static final int SIDE = 2 * REACH + 1;

  /** Pixels across and down that one step of the filter makes. */
  private static final int TWO = 2;

  /** Pairs of distances, the smaller one first. */
  private static final int PAIRS = (REACH + 1) * (REACH + 2) / 2;

  private final EditorConfig config;
  private final Lens lens;
  private final Tensor around; // [PAIRS, SIDE * SIDE], which pixels each sum adds

  SecondLook(EditorConfig config, Lens lens) {
    this.config = config;
    this.lens = lens;
    this.around = around();
  }

  /** F, how many features there are. */
  static int width(EditorConfig config) {
    return 2 * config.lens() + 3 + 3 * PAIRS;
  }

  /** tiles and what was made of them, [B, 3, T, T] each, to features [B, F, T, T]. */
  Tensor features(Tensor tiles, Tensor edited, Map<String, Tensor> weights) {
    long side = config.tile();
    Tensor pixels = padded(tiles).view(-1, 1, side + 2 * REACH, side + 2 * REACH);
    Tensor sums = filtered(pixels, around.view(PAIRS, 1, SIDE, SIDE), 1, 1); // each colour apart
    Tensor shown = shown(edited);
    return torch.cat(
        new TensorVector(
            lens.maps(tiles, weights),
            lens.maps(shown, weights),
            shown.sub(edited),
            sums.view(-1, 3L * PAIRS, side, side)),
        1);
  }

  /**
   * What a mix of the features adds, without making all of these.
   *
   * @param seen of the tiles by the lens
   * @param mix [B, 3, F]; one row serves all tiles
   * @return [B, 3, T, T]
   */
  Tensor over(
      LensSight seen, Tensor tiles, Tensor edited, Tensor mix, Map<String, Tensor> weights) {
    int k = config.lens();
    Tensor shown = shown(edited);
    Tensor sum =
        seen.mixed(mix.narrow(2, 0, k))
            .add(beyond(shown.sub(edited), mix.narrow(2, 2L * k, 3)))
            .add(near(tiles, mix.narrow(2, 2L * k + 3, 3L * PAIRS)));
    Tensor again = mix.narrow(2, k, k);
    return switch (SecondSight.of(again)) {
      case ALL -> sum.add(lens.see(shown, weights).mixed(again));
      case KNOWN -> sum.add(lens.seeKnown(shown, weights).mixed(again));
      case NONE -> sum;
    };
  }

  private static Tensor beyond(Tensor beyond, Tensor mix) {
    try (Autocast exact = Autocast.on(Precision.FP32)) {
      return mix.matmul(beyond.flatten(2, 3)).view_as(beyond);
    }
  }

  /** The mix of sums as one filter: [B, 3, 3 * PAIRS] over tiles to [B, 3, T, T]. */
  private Tensor near(Tensor tiles, Tensor mix) {
    long rows = mix.size(0); // 1 or B
    long side = config.tile() + 2L * REACH;
    try (Autocast exact = Autocast.on(Precision.FP32)) {
      Tensor filter = mix.reshape(-1, PAIRS).mm(around).view(-1, 3, SIDE, SIDE);
      Tensor pixels = padded(tiles).view(-1, 3 * rows, side, side);
      Tensor four = filtered(pixels, atFour(filter), TWO, rows); // [., 3 * rows * 4, T/2, T/2]
      return torch.pixel_shuffle(four, TWO).view(tiles.size(0), 3, config.tile(), config.tile());
    }
  }

  /**
   * A filter [n, 3, SIDE, SIDE] at each of four neighbouring pixels, [4 n, 3, SIDE + 1, SIDE + 1]:
   * what makes four pixels at once, two pixels on each time, is three times as quick as what makes
   * three numbers at every pixel.
   */
  private static Tensor atFour(Tensor filter) {
    TensorVector four = new TensorVector();
    for (int i = 0; i < TWO * TWO; i++) {
      long down = i / TWO;
      long right = i % TWO;
      four.push_back(torch.constant_pad_nd(filter, new long[] {right, 1 - right, down, 1 - down}));
    }
    return torch.stack(four, 1).flatten(0, 1);
  }

  private static Tensor filtered(Tensor pixels, Tensor filter, long step, long groups) {
    return torch.conv2d(
        pixels,
        filter,
        new TensorOptional(),
        new long[] {step, step},
        new long[] {0, 0},
        new long[] {1, 1},
        groups);
  }

  /** Beyond the border the border's pixel repeats. */
  private static Tensor padded(Tensor tiles) {
    return torch.replication_pad2d(tiles, new long[] {REACH, REACH, REACH, REACH});
  }

  /** As an edit is shown: no brighter than white and no darker than black. */
  private static Tensor shown(Tensor edited) {
    return edited.clamp(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)));
  }

  /** Sums that have about the size of a pixel's deviation, however many they add. */
  private static Tensor around() {
    float[] shares = new float[PAIRS * SIDE * SIDE];
    int[] members = new int[PAIRS];
    int[] pairs = new int[SIDE * SIDE];
    for (int i = 0; i < pairs.length; i++) {
      int across = Math.abs(i % SIDE - REACH);
      int down = Math.abs(i / SIDE - REACH);
      int far = Math.max(across, down);
      pairs[i] = far * (far + 1) / 2 + Math.min(across, down);
      members[pairs[i]]++;
    }
    for (int i = 0; i < pairs.length; i++) {
      shares[pairs[i] * pairs.length + i] = (float) (1 / Math.sqrt(members[pairs[i]]));
    }
    return torch.tensor(shares).view(PAIRS, (long) SIDE * SIDE);
  }
}
