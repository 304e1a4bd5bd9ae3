package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.Evidence;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.picture.Picture;
import dev.mneme.learn.Batch;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Examples of one step.
 *
 * @param examples all tiles of one size
 * @param whole whether every tile is its whole picture, so that no glance is needed
 */
public record EditBatch(List<EditExample> examples, boolean whole) implements Batch {
  public EditBatch {
    examples = List.copyOf(examples);
  }

  @Override
  public List<String> labels() {
    return examples.stream().map(EditExample::task).toList();
  }

  /** [B, 3, tile, tile] reduced pictures. */
  public Tensor glances() {
    return stack(EditExample::glance);
  }

  /** [B, 3, tile, tile] sources. */
  public Tensor sources() {
    return stack(e -> e.tile().source());
  }

  /** [B, 3, tile, tile] targets. */
  public Tensor targets() {
    return stack(e -> e.tile().target());
  }

  /** [B, 4] places. */
  public Tensor places() {
    float[] all = new float[4 * examples.size()];
    for (int i = 0; i < examples.size(); i++) {
      System.arraycopy(examples.get(i).place(), 0, all, 4 * i, 4);
    }
    return torch.tensor(all).view(examples.size(), 4);
  }

  /** Sentences. */
  public TextBatch text() {
    return TextBatch.of(examples.stream().map(EditExample::text).toList());
  }

  /**
   * What the examples' pairs tell, for each that has some; nothing if none has.
   *
   * @param base whose features are read
   */
  public List<Optional<Evidence>> shown(EditorBase base) {
    if (examples.stream().allMatch(e -> e.shown().isEmpty())) {
      return List.of();
    }
    return examples.stream()
        .map(EditExample::shown)
        .map(pairs -> pairs.isEmpty() ? null : Evidence.of(base, pairs))
        .map(Optional::ofNullable)
        .toList();
  }

  private Tensor stack(Function<EditExample, Picture> which) {
    Picture first = which.apply(examples.get(0));
    int size = first.rgb().length;
    float[] all = new float[size * examples.size()];
    for (int i = 0; i < examples.size(); i++) {
      System.arraycopy(which.apply(examples.get(i)).rgb(), 0, all, i * size, size);
    }
    return torch.tensor(all).view(examples.size(), 3, first.height(), first.width());
  }
}
