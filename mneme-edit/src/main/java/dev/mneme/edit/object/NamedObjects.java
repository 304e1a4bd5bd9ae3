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

  /** Least mean of the object's cells: one wish in ten for what is not there still passes it. */
  static final float THERE = 0.62f;

  /** The object's cells reach this share of the surest one's amount, or half. */
  private static final float SURE = 0.6f;

  /** What a name that was taught weighs against the one that is asked for. */
  private static final double RIVAL = 0.01;

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
    return clear(amounts)
        ? Optional.of(new Found(finder.net().config().cells(), amounts))
        : Optional.empty();
  }

  /** Parts cells at what is sure, in place, and says whether those that stay make an object. */
  private static boolean clear(float[] amounts) {
    float most = 0;
    for (float amount : amounts) {
      most = Math.max(most, amount);
    }
    float border = Math.min(0.5f, SURE * most);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < amounts.length; i++) {
      boolean in = amounts[i] > border;
      sum += in ? amounts[i] : 0;
      count += in ? 1 : 0;
      amounts[i] = in ? 1 : 0;
    }
    return count > 0 && sum / count >= THERE;
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
      Tensor dropped = torch.cat(new TensorVector(none(2), alike), 2); // [1, 1, 2 + V]
      Tensor weighed = logits.add(rivals(finder.known().size(0)));
      return values(weighed.masked_fill(dropped, new Scalar(NEVER)).softmax(2).select(2, 1));
    }
  }

  /** Of the ground and of the name itself nothing is left out. */
  private static Tensor none(long count) {
    return torch.zeros(1, 1, count).ge(new Scalar(1));
  }

  /** Logarithms of what each counts: the ground, the name, and names that were taught. */
  private static Tensor rivals(long count) {
    Tensor others = torch.full(new long[] {1, 1, count}, new Scalar(Math.log(RIVAL)));
    return torch.cat(new TensorVector(torch.zeros(1, 1, 2), others), 2);
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
