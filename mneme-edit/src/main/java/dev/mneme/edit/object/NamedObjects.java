package dev.mneme.edit.object;

import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.region.ObjectFinder;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Finds objects by name with a trained {@link FinderNet}. Its weights are read when the first
 * object is sought. Safe for any number of threads.
 */
public final class NamedObjects implements ObjectFinder {
  /** What its folder is called among models. */
  public static final String FOLDER = "objects";

  /** Least that the surest cells must reach for the object to be there. */
  static final float THERE = 0.5f;

  /** Cosine above which a name that was taught is another word for the one that is asked for. */
  private static final double ALIKE = 0.8;

  private static final double NEVER = -1e4;

  private final Path folder;
  private final TextEncoder encoder;
  private FinderModel.Trained trained; // null until needed; guarded by this

  private NamedObjects(Path folder, TextEncoder encoder) {
    this.folder = folder;
    this.encoder = encoder;
  }

  /**
   * What a folder of models finds.
   *
   * @param models may hold {@value #FOLDER}; without it nothing is found
   * @param encoder reads names; must stay open
   */
  public static ObjectFinder of(Path models, TextEncoder encoder) {
    Path folder = models.resolve(FOLDER);
    return Files.isDirectory(folder) ? new NamedObjects(folder, encoder) : ObjectFinder.NONE;
  }

  /**
   * @throws UncheckedIOException if the weights cannot be read
   */
  @Override
  public Optional<Found> find(RasterImage photo, String name) {
    FinderModel.Trained finder = trained();
    int side = finder.net().config().side();
    Picture whole = photo.toPicture(0, 0, photo.width(), photo.height(), side, side).clamped();
    float[] amounts = amounts(finder, whole, encoder.encode(name));
    float most = 0;
    for (float amount : amounts) {
      most = Math.max(most, amount);
    }
    return most < THERE
        ? Optional.empty()
        : Optional.of(new Found(finder.net().config().cells(), amounts));
  }

  /** How much of each cell a name fits, in [0, 1]. */
  private static float[] amounts(FinderModel.Trained finder, Picture picture, TextStates name) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      FinderNet net = finder.net();
      int side = net.config().side();
      Tensor asked = net.names(List.of(name)); // [1, E]
      Tensor pictures = Tensors.fromFloats(picture.rgb(), 1, 3, side, side);
      Tensor logits = net.forward(pictures, torch.cat(new TensorVector(asked, finder.known()), 0));
      Tensor alike = finder.known().matmul(asked.t()).view(1, 1, -1).ge(new Scalar(ALIKE));
      Tensor counted = torch.cat(new TensorVector(none(2), alike), 2); // [1, 1, 2 + V]
      return values(logits.masked_fill(counted, new Scalar(NEVER)).softmax(2).select(2, 1));
    }
  }

  /** Of the ground and of the name itself nothing is left out. */
  private static Tensor none(long count) {
    return torch.zeros(1, 1, count).ge(new Scalar(1));
  }

  static float[] values(Tensor tensor) {
    return Tensors.toFloats(tensor.detach());
  }

  private synchronized FinderModel.Trained trained() {
    if (trained == null) {
      try {
        Engine.start();
        trained = FinderModel.load(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return trained;
  }
}
