package dev.mneme.edit.base;

import dev.mneme.memory.Condition;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What the frozen base sees of a whole picture and a sentence: the condition that a memory reads,
 * and the context that every tile's forward keeps.
 *
 * <p>What leaves the last block is alike for all requests but for a third of it, and a memory that
 * reads many such tokens begins by writing much the same for everyone; so it is told one of each.
 *
 * @param condition [B, L + 18 + S, d]: sentence [L] and pooled image [16] before the first block,
 *     their means after the last [2], and S tokens of {@link PictureStatistics}; where any request
 *     of the batch was shown pairs, their {@link Evidence} behind that, masked for the others
 * @param context [B, 16, d] pooled image tokens
 */
public record Glance(Condition condition, Tensor context) {

  /** Tokens of statistics at the end of a condition of this width: S. */
  public static int statistics(int width) {
    return (PictureStatistics.COUNT + width - 1) / width;
  }

  /**
   * Looks at pictures reduced to one tile each; carries no gradient.
   *
   * @param pictures [B, 3, tile, tile]
   * @param text what is asked for
   */
  public static Glance take(EditorBase base, Tensor pictures, TextBatch text) {
    return take(base, pictures, text, List.of());
  }

  /**
   * As {@link #take(EditorBase, Tensor, TextBatch)}, beside what was shown.
   *
   * @param shown what example pairs told for each request, or nothing for all
   */
  public static Glance take(
      EditorBase base, Tensor pictures, TextBatch text, List<Optional<Evidence>> shown) {
    try (NoGradGuard guard = new NoGradGuard()) {
      Tensor whole = torch.tensor(0f, 0f, 1f, 1f).view(1, 4).expand(pictures.size(0), -1);
      EditorStates seen = base.look(new EditorInput(pictures, text, null, whole));
      TensorVector parts = new TensorVector(seen.textInput(), seen.imageInput());
      parts.push_back(seen.text().narrow(1, 0, 1)); // the sentence's mean token
      parts.push_back(seen.image().mean(new long[] {1}, true, new ScalarTypeOptional()));
      parts.push_back(PictureStatistics.tokens(pictures, base.config().width()));
      Tensor ones = torch.ones(pictures.size(0), length(parts) - text.length());
      TensorVector masks = new TensorVector(text.mask(), ones);
      if (shown.stream().anyMatch(Optional::isPresent)) {
        parts.push_back(read(base.config(), shown));
        masks.push_back(present(base.config(), shown));
      }
      Tensor states = torch.cat(parts, 1);
      Tensor mask = torch.cat(masks, 1);
      return new Glance(
          new Condition(states.to(torch.ScalarType.Float), mask.to(torch.ScalarType.Bool)),
          seen.image());
    }
  }

  private static long length(TensorVector parts) {
    long length = 0;
    for (long i = 0; i < parts.size(); i++) {
      length += parts.get(i).size(1);
    }
    return length;
  }

  /** [B, S, d], zero for requests that were shown nothing. */
  private static Tensor read(EditorConfig config, List<Optional<Evidence>> shown) {
    TensorVector rows = new TensorVector();
    for (Optional<Evidence> row : shown) {
      rows.push_back(
          row.map(evidence -> evidence.read(config.width()))
              .orElseGet(() -> torch.zeros(Evidence.tokens(config), config.width())));
    }
    return torch.stack(rows);
  }

  /** [B, S], one where a request was shown something. */
  private static Tensor present(EditorConfig config, List<Optional<Evidence>> shown) {
    TensorVector rows = new TensorVector();
    for (Optional<Evidence> row : shown) {
      int tokens = Evidence.tokens(config);
      rows.push_back(row.isPresent() ? torch.ones(tokens) : torch.zeros(tokens));
    }
    return torch.stack(rows);
  }
}
